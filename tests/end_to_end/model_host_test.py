# SPDX-License-Identifier: Apache-2.0
"""A GGUF in the model host: its opinion never harms a number, and its end costs no page."""

import os
import pathlib
import signal

from emend_command import (ENGINE_FAILED, INVOICE, NOTICES, OK, PREFIX, THREE_PAGES, UNREADABLE, EmendTest,
                           children, has_ended, main, wait_for, worker_at_work)

MODEL = pathlib.Path(os.environ["EMEND_TEST_MODEL"])          # written by make_tiny_model
FAKE_HOST = pathlib.Path(os.environ["EMEND_TEST_FAKE_HOST"])  # tests/fakes/fake_model_host.cpp


def model_host(pid):
    """The model host of the process `pid`, when it has one."""
    return next((child for child, name in children(pid).items() if name == "emend-model-host"), None)


def figures(text):
    return [word for word in text.split() if any(c.isdigit() for c in word)]


class Hosted(EmendTest):
    def test_a_model_with_worthless_opinions_changes_no_figure(self):
        raw = self.emend(INVOICE, "--model", "none", code=(OK, NOTICES)).stdout
        text = self.emend(INVOICE, "--model", MODEL, code=(OK, NOTICES)).stdout
        embedded = self.emend(INVOICE, code=(OK, NOTICES)).stdout
        for before, repaired, after in zip(figures(raw), figures(embedded), figures(text), strict=True):
            self.assertIn(after, (before, repaired))

    def test_twice_the_same_run_gives_the_same_bytes(self):
        once = self.emend(INVOICE, "--model", MODEL, "--format", "json", code=(OK, NOTICES)).stdout
        again = self.emend(INVOICE, "--model", MODEL, "--format", "json", "--jobs", "1", code=(OK, NOTICES))
        self.assertEqual(once, again.stdout)

    def test_the_result_names_the_model(self):
        made = self.document(INVOICE, "--model", MODEL, code=(OK, NOTICES))["provenance"]
        self.assertNotIn(made["model"], ("embedded", "none", ""))
        self.assertRegex(made["model_hash"], r"^[0-9a-f]{64}$")

    def test_a_killed_model_host_costs_no_page(self):
        running = self.start(THREE_PAGES, "--model", MODEL, "--jobs", "1")
        host = wait_for(lambda: model_host(running.pid) or running.poll() is not None, "the model host")
        self.assertIsNone(running.poll(), "it was over before the host could be killed")
        os.kill(host, signal.SIGKILL)
        out, err = running.communicate(timeout=240)
        self.assertIn(running.returncode, (OK, NOTICES), err.decode())
        self.assertEqual(len([page for page in out.decode().split("\f") if page.strip()]), 3)
        wait_for(lambda: has_ended(host), "the end of the host")


    def test_a_stopped_model_host_costs_no_page(self):
        running = self.start(THREE_PAGES, "--model", MODEL, "--jobs", "1", "--model-timeout", "5")
        # Pages are read when the model is loaded.
        wait_for(lambda: worker_at_work(running.pid) or running.poll() is not None, "a page worker at work")
        host = model_host(running.pid)
        self.assertTrue(host, "it was over before the host could be stopped")
        os.kill(host, signal.SIGSTOP)
        out, err = running.communicate(timeout=240)
        self.assertIn(running.returncode, (OK, NOTICES), err.decode())
        self.assertEqual(len([page for page in out.decode().split("\f") if page.strip()]), 3)
        wait_for(lambda: has_ended(host), "the end of the host")


class Misbehaving(EmendTest):
    """The stand-in for the host does what its environment says; the page workers are real."""

    def setUp(self):
        super().setUp()
        programs = self.path("libexec")
        programs.mkdir()
        (programs / "emend-page-worker").symlink_to(PREFIX / "libexec" / "emend" / "emend-page-worker")
        (programs / "emend-model-host").symlink_to(FAKE_HOST)
        self.environment["EMEND_LIBEXEC_DIR"] = str(programs)

    def page(self, *options, code=(OK, NOTICES)):
        """The one page, its words as recognised, and as they stand."""
        page = self.document(INVOICE, *options, code=code)["pages"][0]
        words = [word["readings"] for line in page["lines"] for word in line["words"]]
        return page, [word[-1]["text"] for word in words], [word[0]["text"] for word in words]

    def test_what_fails_in_mid_work_leaves_the_words_it_was_asked_about(self):
        _, raw, _ = self.page("--model", "none")
        _, _, embedded = self.page()
        for behaviour in ("crash_on_score", "garbage", "wrong_count", "gives_up"):
            with self.subTest(behaviour):
                self.environment["EMEND_FAKE_HOST"] = behaviour
                page, recognised, made = self.page("--model", MODEL, code=NOTICES)
                self.assertEqual(recognised, raw)
                self.assertIn("model_failed", {edit["verdict"] for edit in page["edits"]})
                for before, repaired, after in zip(raw, embedded, made, strict=True):
                    self.assertIn(after, (before, repaired))

    def test_what_fails_in_mid_work_is_said(self):
        self.environment["EMEND_FAKE_HOST"] = "crash_on_score"
        self.assertIn("model host", self.emend(INVOICE, "--model", MODEL, code=NOTICES).stderr)

    def test_what_cannot_be_loaded_stops_the_run_with_a_reason(self):
        self.environment["EMEND_FAKE_HOST"] = "crash_on_load"
        done = self.emend(INVOICE, "--model", MODEL, code=(ENGINE_FAILED, UNREADABLE))
        self.assertIn("model", done.stderr)


if __name__ == "__main__":
    main()
