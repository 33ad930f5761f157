# SPDX-License-Identifier: Apache-2.0
"""What is killed or stopped costs what it was doing and nothing else."""

import json
import os
import signal
import subprocess

from emend_command import (CANCELLED, NOTICES, OK, THREE_PAGES, EmendTest, children, has_ended, main,
                           skip_without, wait_for, worker_at_work)


@skip_without("qpdf")
class Interruption(EmendTest):
    def setUp(self):
        super().setUp()
        pages = [argument for _ in range(4) for argument in (str(THREE_PAGES), "1-3")]
        subprocess.run(["qpdf", "--empty", "--pages", *pages, "--", self.path("twelve.pdf")], check=True)

    def finish(self, running):
        out, err = running.communicate(timeout=240)
        return running.returncode, out.decode(), err.decode()

    def test_a_killed_page_worker_costs_one_page(self):
        running = self.start(self.path("twelve.pdf"), "--jobs", "1", "--model", "none")
        worker = wait_for(lambda: worker_at_work(running.pid), "a page worker at work")
        os.kill(worker, signal.SIGKILL)
        code, out, err = self.finish(running)
        found = len([page for page in out.split("\f") if page.strip()])
        self.assertGreaterEqual(found, 11, err)
        self.assertEqual(code, OK if found == 12 else NOTICES, err)
        if found < 12:
            self.assertRegex(err, r"page \d+")
            self.assertIn("signal 9", err)

    def test_workers_that_are_killed_again_and_again_do_not_stop_the_run(self):
        running = self.start(self.path("twelve.pdf"), "--jobs", "2", "--model", "none")
        for _ in range(3):
            worker = wait_for(lambda: worker_at_work(running.pid) or running.poll() is not None, "a worker")
            if running.poll() is None:
                os.kill(worker, signal.SIGKILL)
        code, out, err = self.finish(running)
        self.assertGreaterEqual(len([page for page in out.split("\f") if page.strip()]), 6, err)
        self.assertIn(code, (OK, NOTICES), err)

    def test_a_stopped_page_worker_runs_into_its_time_limit(self):
        running = self.start(self.path("twelve.pdf"), "--jobs", "1", "--model", "none", "--pages", "1-2",
                             "--page-timeout", "5")
        worker = wait_for(lambda: worker_at_work(running.pid), "a page worker at work")
        os.kill(worker, signal.SIGSTOP)
        code, _, err = self.finish(running)
        self.assertEqual(code, NOTICES, err)

    def test_ctrl_c_keeps_the_pages_that_are_finished(self):
        running = self.start(self.path("twelve.pdf"), "--jobs", "1", "--model", "none", "--progress", "json",
                             "-o", self.path("out.txt"), bufsize=0)
        for line in iter(running.stderr.readline, b""):
            if json.loads(line).get("pages_done", 0) >= 1:
                break
        self.assertIsNone(running.poll(), "it was over before it could be stopped")
        running.send_signal(signal.SIGINT)
        code, _, err = self.finish(running)
        self.assertEqual(code, CANCELLED, err)
        text = self.path("out.txt").read_text(encoding="utf-8")
        self.assertIn("Invoice", text)
        self.assertLess(len([page for page in text.split("\f") if page.strip()]), 12)
        self.assertEqual(list(self.temporary.iterdir()), [])

    def test_no_process_stays_behind(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            with self.subTest(number):
                running = self.start(self.path("twelve.pdf"), "--jobs", "2")
                wait_for(lambda: worker_at_work(running.pid), "a page worker at work")
                family = children(running.pid)
                self.assertTrue(family)
                running.send_signal(number)
                self.finish(running)
                wait_for(lambda: all(map(has_ended, family)), f"the end of {family}")


if __name__ == "__main__":
    main()
