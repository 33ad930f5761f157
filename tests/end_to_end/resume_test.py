# SPDX-License-Identifier: Apache-2.0
"""A job that was killed or stopped goes on where it was, and its result is that of an undisturbed run. The page workers
do what a script says and keep a list of the pages that they read (tests/fakes/fake_page_worker.cpp)."""

import json
import os
import resource
import signal
import stat
import subprocess

from emend_command import (BAD_USE, CANCELLED, NOT_FOUND, NOTICES, OK, PATIENCE_S, EmendTest, main, wait_for)

PAGES = 10


class Resume(EmendTest):
    def setUp(self):
        super().setUp()
        self.environment["EMEND_LIBEXEC_DIR"] = os.environ["EMEND_FAKE_LIBEXEC"]
        self.read_log = self.folder / "read.log"
        self.environment["EMEND_FAKE_WORKER_LOG"] = str(self.read_log)
        self.input = self.script()
        self.words = [self.input, "--jobs", "2", "--format", "txt,json", "-o", "out/{stem}.{ext}"]
        self.journals = self.state / "emend" / "journals"

    def script(self, name="a", **entries):
        return self.write(name, json.dumps({"pages": PAGES, "every": "slow", **entries}).encode())

    def pages_read(self):
        """The numbers of the pages that the workers have begun to read since the last forget()."""
        return [int(line) for line in self.read_log.read_text().split()] if self.read_log.exists() else []

    def forget(self):
        self.read_log.unlink(missing_ok=True)

    def undisturbed(self, *words):
        """What the job gives without an interruption."""
        self.emend(*(words or self.words), "--no-journal")
        results = self.results()
        for path in self.path("out").iterdir():
            path.unlink()
        self.forget()
        return results

    def results(self):
        return {path.name: path.read_bytes() for path in sorted(self.path("out").iterdir())}

    def unfinished(self):
        return json.loads(self.emend("doctor", "--json", code=(OK, NOTICES)).stdout)["unfinished_jobs"]

    def kept(self):
        """How many pages the journal has."""
        return sum(job["pages"] for job in self.unfinished())

    def interrupt(self, after, *words, by=signal.SIGKILL):
        """Runs the job and ends it when `after` pages have been begun; how many are kept."""
        self.forget()
        running = self.start(*(words or self.words))
        wait_for(lambda: len(self.pages_read()) >= after or running.poll() is not None, f"{after} pages")
        self.assertIsNone(running.poll(), "it was done before it could be ended")
        running.send_signal(by)
        _, err = running.communicate(timeout=PATIENCE_S)
        self.assertEqual(running.returncode, -by if by == signal.SIGKILL else CANCELLED, err)
        self.forget()
        return self.kept()


class Kill(Resume):
    def test_killed_again_and_again_it_reads_no_finished_page_twice_and_the_result_is_the_same(self):
        expected = self.undisturbed()
        kept = 0
        for after in (4, 3, 3):
            now = self.interrupt(after)
            self.assertGreater(now, kept)
            kept = now
        done = self.emend(*self.words)
        self.assertIn(f"{kept} pages were read before", done.stderr)
        self.assertEqual(len(self.pages_read()), PAGES - kept)
        self.assertEqual(self.results(), expected)
        self.assertEqual(self.unfinished(), [])
        self.assertEqual(list(self.journals.iterdir()), [], "a finished job leaves nothing")

    def test_several_inputs_go_on_together(self):
        words = [self.input, self.script("b"), "--jobs", "2", "-o", "out"]
        expected = self.undisturbed(*words)
        kept = self.interrupt(PAGES + 4, *words)
        self.assertGreater(kept, PAGES)
        self.emend(*words)
        self.assertEqual(len(self.pages_read()), 2 * PAGES - kept)
        self.assertEqual(self.results(), expected)

    def test_the_same_command_that_stands_for_more_inputs_now_goes_on_with_what_is_read(self):
        # As with a folder that has gained a file; scripts are no documents by their content, so a list names them.
        for name in ("b", "c"):
            self.script(name)
        self.write("list", b"b\nc\n")
        words = ["--from-file", "list", "--jobs", "2", "--format", "txt,json", "-o", "out"]
        kept = self.interrupt(PAGES + 4, *words)
        self.assertGreater(kept, PAGES)
        self.write("list", b"a\nb\nc\n")
        done = self.emend(*words)
        self.assertIn(f"{kept} pages were read before", done.stderr)
        self.assertEqual(len(self.pages_read()), 3 * PAGES - kept)
        self.assertEqual(self.unfinished(), [])
        self.assertEqual(list(self.journals.iterdir()), [])

    def test_another_command_leaves_the_journal_of_this_one(self):
        kept = self.interrupt(5)
        self.emend(self.script("b"), "-o", "b.txt")
        self.assertEqual(self.kept(), kept)

    def test_standard_input_is_known_again_by_what_is_in_it(self):
        words = ["-", "--jobs", "2", "-o", "out/it.txt"]
        self.path("out").mkdir()
        with self.input.open("rb") as stdin:
            running = subprocess.Popen(self.command(*words), cwd=self.folder, env=self.environment, stdin=stdin,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            wait_for(lambda: len(self.pages_read()) >= 5, "5 pages")
            running.kill()
            running.wait()
        self.forget()
        kept = self.kept()
        self.assertGreater(kept, 0)
        self.emend(*words, stdin=self.input.read_bytes())
        self.assertEqual(len(self.pages_read()), PAGES - kept)

    def test_a_page_that_failed_is_tried_again(self):
        self.script(**{"2": "crash"})
        self.interrupt(5)
        self.emend(*self.words, code=NOTICES)
        self.assertIn(2, self.pages_read())

    def test_half_a_result_of_the_killed_run_does_not_stay(self):
        self.interrupt(5)
        self.assertTrue(any(path.suffix == ".part" for path in self.path("out").iterdir()))
        self.emend(*self.words)
        self.assertEqual(sorted(self.results()), ["a.json", "a.txt"])


class Stop(Resume):
    def test_ctrl_c_keeps_what_is_finished_and_the_same_command_goes_on(self):
        expected = self.undisturbed()
        kept = self.interrupt(5, by=signal.SIGINT)
        partial = json.loads(self.results()["a.json"])
        self.assertEqual(partial["notices"][-1]["code"], "cancelled")
        self.emend(*self.words)
        self.assertEqual(len(self.pages_read()), PAGES - kept)
        self.assertEqual(self.results(), expected)

    def test_it_says_that_and_how_it_can_go_on(self):
        running = self.start(*self.words)
        wait_for(lambda: len(self.pages_read()) >= 5, "5 pages")
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=PATIENCE_S)
        self.assertIn(b"emend --resume", err)


class Damage(Resume):
    def damaged(self, change):
        """A killed job whose journal has met with `change`, gone on with; the pages that were kept before."""
        expected = self.undisturbed()
        kept = self.interrupt(7)
        [journal] = self.journals.iterdir()
        content = bytearray(journal.read_bytes())
        journal.write_bytes(change(content))
        done = self.emend(*self.words)
        self.assertEqual(self.results(), expected, done.stderr)
        return kept

    def test_a_torn_tail_costs_one_page(self):
        kept = self.damaged(lambda content: content[:-5])
        self.assertEqual(len(self.pages_read()), PAGES - kept + 1)

    def test_a_changed_byte_costs_what_follows_it(self):
        def flip(content):
            content[len(content) // 2] ^= 1
            return content
        kept = self.damaged(flip)
        self.assertGreater(len(self.pages_read()), PAGES - kept)

    def test_what_is_no_journal_is_written_over(self):
        self.damaged(lambda content: b"\xff" * 1000)
        self.assertEqual(len(self.pages_read()), PAGES)


class Change(Resume):
    def test_a_changed_input_is_read_anew_and_that_is_said(self):
        self.interrupt(7)
        self.script(**{"3": "misread"})
        done = self.emend(*self.words)
        self.assertIn("has changed since", done.stderr)
        self.assertEqual(len(self.pages_read()), PAGES)
        self.assertIn("Invoice", self.results()["a.txt"].decode())

    def test_changed_options_of_reading_begin_anew_and_that_is_said(self):
        self.interrupt(7)
        done = self.emend(*self.words, "--dpi", "200")
        self.assertIn("begins anew", done.stderr)
        self.assertEqual(len(self.pages_read()), PAGES)

    def test_changed_options_of_proofreading_cost_no_page(self):
        self.script(**{"1": "misread"})
        kept = self.interrupt(7)
        self.emend(*self.words, "--model", "none")
        self.assertEqual(len(self.pages_read()), PAGES - kept)
        self.assertIn("lnvoice", self.results()["a.txt"].decode())

    def test_another_list_of_words_costs_no_page_and_is_the_only_one_that_counts(self):
        self.script(**{"1": "misread", str(PAGES): "misread"})
        with_list = [*self.words, "--words", self.write("words", b"lnvoice\n"), "--domain", self.write("text", b"a\n")]
        expected = self.undisturbed(*with_list)
        self.write("words", b"other\n")
        self.write("text", b"b\n")
        kept = self.interrupt(7, *with_list)
        self.write("words", b"lnvoice\n")
        self.write("text", b"a\n")
        self.emend(*with_list)
        self.assertEqual(len(self.pages_read()), PAGES - kept)
        self.assertEqual(self.results(), expected)
        self.assertEqual(self.results()["a.txt"].decode().count("lnvoice"), 2)
        options = json.loads(self.results()["a.json"])["provenance"]["options"]
        self.assertRegex(options, "^words=sha256:[0-9a-f]{16} domain=sha256:[0-9a-f]{16}$")


class TwoAtOnce(Resume):
    def test_the_second_goes_without_a_journal_and_says_so(self):
        expected = self.undisturbed()
        first = self.start(*self.words)
        wait_for(lambda: self.journals.exists() and list(self.journals.iterdir()), "the first one's journal")
        self.assertTrue(self.unfinished()[0]["is_running"])
        done = self.emend(self.input, "--jobs", "2", "--format", "txt,json", "-o", "out2/{stem}.{ext}")
        self.assertIn("another process is at it", done.stderr)
        _, err = first.communicate(timeout=PATIENCE_S)
        self.assertEqual(first.returncode, OK, err)
        self.assertEqual(self.results(), expected)
        self.assertEqual({path.name: path.read_bytes() for path in self.path("out2").iterdir()}, expected)


class Room(Resume):
    def test_a_full_disk_costs_the_journal_and_not_the_run(self):
        large = self.script("large", every="large")  # pages of a MiB
        words = [large, "-o", "out.txt"]
        limit = 3 << 20
        done = subprocess.run(self.command(*words), cwd=self.folder, env=self.environment, capture_output=True,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
                              timeout=PATIENCE_S, check=False)
        self.assertEqual(done.returncode, OK, done.stderr)
        self.assertIn(b"no more pages are kept in the journal", done.stderr)
        self.assertEqual(self.path("out.txt").read_text().count("page"), PAGES)
        self.assertEqual(self.unfinished(), [])

    def test_a_folder_that_cannot_be_made_costs_the_journal_and_not_the_run(self):
        self.environment["XDG_STATE_HOME"] = str(self.input)
        done = self.emend(*self.words)
        self.assertIn("no journal is kept", done.stderr)
        self.assertEqual(sorted(self.results()), ["a.json", "a.txt"])

    def test_only_its_owner_can_read_it(self):
        self.interrupt(5)
        [journal] = self.journals.iterdir()
        self.assertEqual(stat.S_IMODE(journal.stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(self.journals.stat().st_mode), 0o700)

    def test_a_stale_one_is_removed_when_another_is_begun(self):
        self.interrupt(5)
        [journal] = self.journals.iterdir()
        os.utime(journal, (1, 1))
        self.interrupt(5, self.script("b"), "-o", "b.txt")
        self.assertEqual([job["inputs"] for job in self.unfinished()], [[str(self.path("b"))]])


class WhenThereIsOne(Resume):
    def test_not_for_standard_output_nor_when_it_is_not_wanted_nor_for_one_page(self):
        self.emend(self.input)
        self.emend(*self.words, "--no-journal")
        self.emend(self.script("one", pages=1), "-o", "one.txt")
        self.assertFalse(self.journals.exists())

    def test_for_standard_output_when_it_is_wanted(self):
        self.assertGreater(self.interrupt(5, self.input, "--jobs", "2", "--journal"), 0)


class Words(Resume):
    def test_resume_alone_gives_the_last_command_again(self):
        expected = self.undisturbed()
        kept = self.interrupt(5)
        done = subprocess.run(self.command("--resume"), cwd="/", env=self.environment, capture_output=True,
                              timeout=PATIENCE_S, check=True)
        self.assertIn(f"in {self.folder}: emend {self.input}", done.stderr.decode())
        self.assertEqual(len(self.pages_read()), PAGES - kept)
        self.assertEqual(self.results(), expected)

    def test_resume_without_an_unfinished_job(self):
        self.assertIn("no unfinished job", self.emend("--resume", code=NOT_FOUND).stderr)

    def test_resume_with_a_command_is_that_command(self):
        kept = self.interrupt(5)
        self.emend(*self.words, "--resume")
        self.assertEqual(len(self.pages_read()), PAGES - kept)

    def test_a_command_with_a_password_is_kept_nowhere(self):
        words = [*self.words, "--password", "open sesame"]
        kept = self.interrupt(5, *words)
        [journal] = self.journals.iterdir()
        self.assertNotIn(b"sesame", journal.read_bytes())
        self.assertIn("give the same command again", self.emend("--resume", code=BAD_USE).stderr)
        self.emend(*words)
        self.assertEqual(len(self.pages_read()), PAGES - kept)

    def test_doctor_says_how_to_forget_it(self):
        self.interrupt(5)
        [journal] = self.journals.iterdir()
        self.assertIn(f"rm {journal}", self.emend("doctor", code=(OK, NOTICES)).stdout)


if __name__ == "__main__":
    main()
