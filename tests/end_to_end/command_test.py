# SPDX-License-Identifier: Apache-2.0
"""What the command does with results, faults and signals. Its page workers do what a script says
(tests/fakes/fake_page_worker.cpp), so nothing here depends on a recogniser."""

import fcntl
import json
import os
import pathlib
import pty
import signal
import struct
import subprocess
import termios

from emend_command import (BAD_USE, CANCELLED, EMEND, ENGINE_FAILED, IO_FAILED, MISSING, NOT_FOUND, NOTICES, OK,
                           TOO_LARGE, UNREADABLE, EmendTest, children, main, wait_for, without_provenance)


class Command(EmendTest):
    def setUp(self):
        super().setUp()
        self.environment["EMEND_LIBEXEC_DIR"] = os.environ["EMEND_FAKE_LIBEXEC"]

    def script(self, name, pages=1, **entries):
        """An input that has `pages` pages and the faults of `entries`, such as p3="crash"."""
        faults = {key.lstrip("p"): value for key, value in entries.items()}
        return self.write(name, json.dumps({"pages": pages, **faults}).encode())


class ExitStatus(Command):
    def test_all_is_well(self):
        self.assertEqual(self.emend(self.script("a", 2), "--model", "none").stdout, "page 1\n\fpage 2\n")

    def test_a_page_that_fails_is_a_notice_with_number_and_cause(self):
        done = self.emend(self.script("a", 3, p2="crash"), "--model", "none", code=NOTICES)
        self.assertEqual(done.stdout, "page 1\n\fpage 3\n")
        self.assertRegex(done.stderr, r"emend: .*/a: page 2: .*signal 9")

    def test_the_same_notice_of_pages_in_a_row_is_one_line_for_people_and_one_for_each_page_for_programs(self):
        script = self.script("a", 9, p2="blank", p3="blank", p4="blank", p6="blank", p7="crash", p8="blank", p9="blank")
        done = self.emend(script, "--model", "none", code=NOTICES)
        self.assertEqual([line.split(": ", 2)[2] for line in done.stderr.splitlines() if "nothing on" in line],
                         [f"{pages}: there is nothing on the page" for pages in ("pages 2-4", "page 6", "pages 8-9")])
        events = [json.loads(line) for line in
                  self.emend(script, "--model", "none", "--progress", "json", code=NOTICES).stderr.splitlines()]
        self.assertEqual([event["page"] for event in events if event.get("code") == "page_blank"], [2, 3, 4, 6, 8, 9])
        pages = json.loads(self.emend(script, "--model", "none", "--format", "json", code=NOTICES).stdout)["pages"]
        self.assertEqual([page["number"] for page in pages if page["notices"]], [2, 3, 4, 6, 8, 9])

    def test_the_first_input_that_fails_decides(self):
        good = self.script("good")
        noise = self.write("noise", b"no script")
        nowhere = self.path("nowhere")
        self.assertEqual(self.emend(good, noise, nowhere, good, code=UNREADABLE).stdout, "page 1\n\fpage 1\n")
        self.emend(nowhere, noise, code=NOT_FOUND)
        self.emend(self.script("large", 1, p1="refuse"), noise, code=TOO_LARGE)
        self.emend(self.script("notice", 2, p1="crash"), noise, code=UNREADABLE)
        self.emend(self.script("dies", 1, open="crash"), noise, code=ENGINE_FAILED)

    def test_a_message_has_its_hint_on_a_line_of_its_own(self):
        noise = self.write("noise", b"no script")
        self.assertEqual(self.emend(noise, code=UNREADABLE).stderr,
                         f"emend: {noise}: is no script\n       Write one.\n")

    def test_an_unknown_language_ends_it_before_any_work(self):
        done = self.emend(self.script("a"), "-l", "eng+xyz", "-o", self.path("out.txt"), code=MISSING)
        self.assertIn("xyz", done.stderr)
        self.assertFalse(self.path("out.txt").exists())

    def test_wrong_use(self):
        for words in ([], ["--jobs", "x", "a"], ["--psm", "9", "a"], ["--format", "doc", "a"], ["doctor", "a"],
                      ["correct", "--nonsense"], ["-l", "eng++deu", "a"], ["-", "-"]):
            done = self.emend(*words, code=BAD_USE)
            self.assertEqual(done.stdout, "", words)
            self.assertNotEqual(done.stderr, "", words)

    def test_a_list_of_words_that_cannot_be_read_ends_it_before_any_work(self):
        script, out = self.script("a"), self.path("out.txt")
        for name, content, code in (("none", None, NOT_FOUND), ("empty", b"", UNREADABLE), ("bytes", b"\xff", UNREADABLE),
                                    ("numbers", b"1O0 $100.00\n", UNREADABLE), ("large", b"a\n" * 2 ** 23 + b"a", TOO_LARGE)):
            path = self.path(name) if content is None else self.write(name, content)
            done = self.emend(script, "--words", path, "-o", out, code=code)
            self.assertIn(f"emend: {path}: ", done.stderr)
            self.assertFalse(out.exists())

    def test_without_its_programs_it_says_what_is_missing(self):
        self.environment["EMEND_LIBEXEC_DIR"] = str(self.folder)
        self.assertIn("emend-page-worker", self.emend(self.script("a"), code=MISSING).stderr)


class Results(Command):
    def left(self):
        """What lies in the folder beside inputs and the folder for temporary files."""
        return without_provenance(sorted(path.name for path in self.folder.iterdir()
                                         if path.name not in ("tmp", "state", "a", "b")))

    def test_one_file(self):
        self.emend(self.script("a", 2), "-o", "out.txt")
        self.assertEqual(self.path("out.txt").read_text(), "page 1\n\fpage 2\n")
        self.assertEqual(self.left(), ["out.txt"])

    def test_several_inputs_have_a_file_each(self):
        a, b = self.script("a", 2), self.script("b")
        self.emend(a, b, "-o", "results")
        self.assertEqual(self.path("results/a.txt").read_text(), "page 1\n\fpage 2\n")
        self.assertEqual(self.path("results/b.txt").read_text(), "page 1\n")
        self.emend(a, b, "-o", "results", "--format", "json")
        self.assertEqual(json.loads(self.path("results/b.json").read_text())["source"], str(b))

    def test_several_inputs_on_standard_output_are_a_line_each_in_json(self):
        a, b = self.script("a", 2), self.script("b", 2, p2="crash")
        done = self.emend(a, self.path("nowhere"), b, "--format", "json", code=NOT_FOUND)
        documents = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([d["source"] for d in documents], [str(a), str(b)])
        self.assertEqual([len(d["pages"]) for d in documents], [2, 1])
        self.assertEqual(documents[1]["notices"][0]["page"], 2)

    def test_two_results_of_one_name_are_refused_before_any_work(self):
        self.path("sub").mkdir()
        done = self.emend(self.script("a"), self.script("sub/a"), "-o", "results", code=BAD_USE)
        self.assertIn("a.txt", done.stderr)

    def test_several_formats_of_several_inputs_by_a_pattern(self):
        a, b = self.script("a", 2), self.script("b")
        self.emend(a, b, "--format", "txt,json,hocr", "-o", "out/{number}/{stem}.{ext}")
        self.assertEqual(sorted(str(p.relative_to(self.path("out"))) for p in self.path("out").rglob("*.*")),
                         ["001/a.hocr", "001/a.json", "001/a.txt", "002/b.hocr", "002/b.json", "002/b.txt"])
        self.assertEqual(self.path("out/001/a.txt").read_text(), "page 1\n\fpage 2\n")
        self.emend(a, "--format", "txt,md", "-o", "{folder}/{name}-read.{ext}")
        self.assertTrue((a.parent / "a-read.md").exists())

    def test_several_formats_in_a_folder(self):
        self.emend(self.script("a"), "--format", "txt,json", "-o", "results")
        self.assertEqual(sorted(p.name for p in self.path("results").iterdir()), ["a.json", "a.txt"])

    def test_what_a_place_cannot_hold_is_refused_before_any_work(self):
        a, b = self.script("a", 1, p1="hang"), self.script("b")
        for words in ((a, "--format", "txt,json"), (a, b, "--format", "hocr"), (a, b, "-o", "same.txt"),
                      (a, "--format", "txt,json", "-o", "{stem}.x"), (a, b, "-o", "out/one.{ext}"),
                      (a, "-o", "{nonsense}.txt"), (a, "-o", "{stem"), (a, "--format", "txt,json", "-o", "out.pdf")):
            self.assertNotEqual(self.emend(*words, code=BAD_USE).stderr, "", words)

    def test_a_result_that_cannot_be_made_costs_no_other(self):
        done = self.emend(self.script("a"), self.script("b"), "--format", "txt,pdf", "-o", "out/{stem}.{ext}",
                          code=(UNREADABLE, BAD_USE, ENGINE_FAILED))
        self.assertIn("no pdf", done.stderr)
        self.assertEqual(without_provenance(sorted(p.name for p in self.path("out").iterdir())), ["a.txt", "b.txt"])

    def test_an_input_that_fails_leaves_no_result(self):
        self.emend(self.script("a"), self.path("nowhere"), "-o", "results", code=NOT_FOUND)
        self.assertEqual(without_provenance([p.name for p in self.path("results").iterdir()]), ["a.txt"])

    def test_an_input_is_never_overwritten(self):
        a = self.script("a")
        before = a.read_bytes()
        self.emend(a, "-o", a, code=BAD_USE)
        self.path("link").symlink_to(a)
        self.emend(a, "-o", "link", code=BAD_USE)
        self.assertEqual(a.read_bytes(), before)
        self.path("results").mkdir()
        inside = self.script("results/a.txt")
        self.emend(a, inside, "-o", "results", code=BAD_USE)
        self.assertEqual(inside.read_bytes(), before)

    def test_a_place_that_cannot_be_written_is_an_error_before_any_work(self):
        a = self.script("a", 1, p1="hang")  # would take a minute
        for place in ("no/such/folder/out.txt", "a/out.txt", "/proc/out.txt"):
            done = self.emend(a, "-o", place, code=IO_FAILED)
            self.assertIn(place, done.stderr)
        self.emend(a, a, "-o", "a", code=IO_FAILED)
        self.emend(a, "--keep-steps", "a", code=IO_FAILED)

    def test_a_full_disk_is_an_error(self):
        self.emend(self.script("a"), "-o", "/dev/full", code=IO_FAILED)

    def test_a_result_that_failed_leaves_the_old_one(self):
        self.write("out.txt", b"old")
        self.emend(self.path("nowhere"), "-o", "out.txt", code=NOT_FOUND)
        self.assertEqual(self.path("out.txt").read_bytes(), b"old")
        self.assertEqual(self.left(), ["out.txt"])

    def test_a_link_stays_a_link_and_rights_stay(self):
        target = self.write("target.txt", b"old")
        target.chmod(0o640)
        self.path("link.txt").symlink_to(target)
        self.emend(self.script("a"), "-o", "link.txt")
        self.assertTrue(self.path("link.txt").is_symlink())
        self.assertEqual(target.read_text(), "page 1\n")
        self.assertEqual(target.stat().st_mode & 0o777, 0o640)

    def test_a_new_result_has_the_rights_that_the_mask_gives(self):
        subprocess.run([EMEND, self.script("a"), "-o", self.path("out.txt")], env=self.environment, check=True,
                       umask=0o027)
        self.assertEqual(self.path("out.txt").stat().st_mode & 0o777, 0o640)

    def test_a_reader_that_goes_away_is_no_crash(self):
        running = self.start(self.script("a", 400), "--model", "none")
        running.stdout.close()
        running.wait(timeout=60)
        running.stderr.close()
        self.assertEqual(running.returncode, IO_FAILED)

    def test_a_name_that_is_not_utf8(self):
        name = os.fsencode(self.folder) + b"/\xff.png"
        with open(name, "wb") as file:
            file.write(b'{"pages": 2, "2": "crash"}')
        done = subprocess.run([EMEND, "--format", "json", name], env=self.environment, capture_output=True,
                              check=False, timeout=60)
        self.assertEqual(done.returncode, NOTICES, done.stderr)
        self.assertIn("\N{REPLACEMENT CHARACTER}.png", json.loads(done.stdout)["source"])


class Stopping(Command):
    def interrupted(self, *arguments, times=1):
        """Stops emend while page 3 hangs; pages 1 and 2 are done."""
        running = self.start(self.script("a", 9, p3="hang"), "--jobs", "1", "--model", "none", *arguments)
        self.addCleanup(running.stdout.close)
        self.addCleanup(running.stderr.close)
        wait_for(lambda: self.path("steps/000002_corrected.json").exists(), "two pages")
        for _ in range(times):
            running.send_signal(signal.SIGINT)
        running.wait(timeout=60)
        return running

    def test_finished_pages_are_written(self):
        running = self.interrupted("--keep-steps", "steps")
        self.assertEqual(running.returncode, CANCELLED)
        self.assertEqual(running.stdout.read(), b"page 1\n\fpage 2\n")

    def test_finished_pages_are_in_the_file(self):
        running = self.interrupted("--keep-steps", "steps", "-o", "out.json", "--format", "json")
        self.assertEqual(running.returncode, CANCELLED)
        document = json.loads(self.path("out.json").read_text())
        self.assertEqual([page["number"] for page in document["pages"]], [1, 2])
        self.assertEqual(document["notices"][0]["code"], "cancelled")
        self.assertIn("3-9", document["notices"][0]["message"])

    def test_twice_ends_it_at_once(self):
        self.assertEqual(self.interrupted("--keep-steps", "steps", times=2).returncode, CANCELLED)

    def test_nothing_stays_of_standard_input_however_it_ends(self):
        for number in (signal.SIGTERM, signal.SIGKILL):
            running = subprocess.Popen([EMEND, "-"], env=self.environment, stdin=subprocess.PIPE,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            running.stdin.write(b'{"pages": 1, "1": "hang"}')
            running.stdin.close()
            wait_for(lambda pid=running.pid: children(pid), "a page worker")
            running.send_signal(number)
            running.wait(timeout=60)
            self.assertEqual(list(self.temporary.iterdir()), [])

    def test_waiting_for_standard_input_can_be_stopped(self):
        for words in (["-"], ["correct"]):
            running = subprocess.Popen([EMEND, *words], env=self.environment, stdin=subprocess.PIPE,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            self.addCleanup(running.stdin.close)
            self.addCleanup(running.stderr.close)
            waits_in = pathlib.Path(f"/proc/{running.pid}/wchan")
            wait_for(lambda file=waits_in: "poll" in file.read_text(), "it to wait")
            running.send_signal(signal.SIGINT)
            self.assertEqual(running.wait(timeout=60), CANCELLED, words)


class Terminal(Command):
    def on_terminal(self, *arguments, columns=0, **variables):
        """What a person at a terminal sees on standard error."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        running = subprocess.Popen([EMEND, *map(str, arguments)], cwd=self.folder, stdin=subprocess.DEVNULL,
                                   env={**self.environment, **variables}, stdout=subprocess.DEVNULL, stderr=theirs)
        os.close(theirs)
        seen = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # that is how the end of a terminal looks
                break
            if not part:
                break
            seen += part
        os.close(ours)
        running.wait(timeout=60)
        return seen.decode()

    def test_progress_has_a_rate_and_an_estimate(self):
        seen = self.on_terminal(self.script("a", 3), "--model", "none")
        self.assertRegex(seen, r"page 1 of 3, [\d.]+ pages/s, about \d+ s left")
        self.assertTrue(seen.endswith("\r\x1b[K"), "the line is taken away at the end")

    def test_a_bar_stands_where_there_is_room_for_it(self):
        a = self.script("a", 4)
        seen = self.on_terminal(a, columns=len(str(a)) + 90)
        self.assertRegex(seen, r"\[#+-+\] .*page 2 of 4")

    def test_a_long_name_is_shortened_rather_than_wrapped(self):
        seen = self.on_terminal(self.script("a", 4), columns=60)
        self.assertRegex(seen, r"(?<!/)\ba: page 2 of 4")

    def test_progress_can_be_silenced(self):
        self.assertEqual(self.on_terminal(self.script("a", 3), "--model", "none", "--quiet"), "")

    def test_nothing_of_it_in_a_file(self):
        self.assertEqual(self.emend(self.script("a", 3), "--model", "none").stderr, "")

    def test_a_diff_has_colours_unless_they_are_unwanted(self):
        a = self.script("a", 2, p1="misread")
        seen = self.on_terminal(a, "--show", "diff")
        self.assertIn("\x1b[31m", seen)
        self.assertIn("lnvoice -> Invoice", seen)
        self.assertNotIn("\x1b[3", self.on_terminal(a, "--show", "diff", NO_COLOR="1"))
        self.assertNotIn("\x1b", self.emend(a, "--show", "diff").stderr)


class Memory(Command):
    def peak_kib(self, pages):
        running = self.start(self.script("a", pages), "--format", "txt,json,hocr,html,docx", "-o", "out",
                             "--model", "none")
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
        running.stdout.close(), running.stderr.close()
        self.assertEqual(running.returncode, OK)
        return usage.ru_maxrss

    def test_it_does_not_grow_with_the_pages(self):
        self.assertLess(self.peak_kib(5000), 1.3 * self.peak_kib(200))

    def test_a_bound_makes_few_workers_and_a_page_that_needs_more_is_a_notice(self):
        done = self.emend(self.script("a", 3, p2="use_memory"), "--max-memory", "600", "--jobs", "8", code=NOTICES)
        self.assertIn("1 page worker of at most 472 MiB, to stay within 600 MiB", done.stderr)
        self.assertEqual(done.stdout, "page 1\n\fpage 3\n")

    def test_a_bound_that_is_too_small_is_refused_with_the_least_that_will_do(self):
        done = self.emend(self.script("a"), "--max-memory", "100", code=TOO_LARGE)
        self.assertRegex(done.stderr, r"give at least \d+")


class ForPrograms(Command):
    def events(self, *arguments, code=OK):
        told = self.emend(*arguments, "--progress", "json", code=code).stderr
        return [json.loads(line) for line in told.splitlines()]

    def test_every_line_is_an_event(self):
        events = self.events(self.script("a", 3, p2="crash"), self.path("nowhere"), "--show", "diff", code=NOT_FOUND)
        self.assertEqual([e["pages_done"] for e in events if e["event"] == "progress"], [1, 2, 3])
        [notice] = [e for e in events if e["event"] == "notice"]
        self.assertEqual((notice["code"], notice["page"]), ("page_failed", 2))
        [error] = [e for e in events if e["event"] == "error"]
        self.assertEqual(error["code"], "not_found")

    def test_the_last_progress_has_nothing_left(self):
        last = self.events(self.script("a", 3))[-1]
        self.assertEqual((last["pages_total"], last["seconds_left"]), (3, 0))
        self.assertGreater(last["pages_per_second"], 0)

    def test_quiet_has_no_progress_but_notices(self):
        events = self.events(self.script("a", 3, p2="crash"), "--quiet", code=NOTICES)
        self.assertEqual([e["event"] for e in events], ["notice"])

    def test_verbose_has_the_time_of_each_stage(self):
        a = self.script("a", 2)
        events = [e for e in self.events(a, "-v") if e["event"] == "log"]
        self.assertEqual([(e["page"], e["stage"]) for e in events],
                         [(page, stage) for page in (1, 2) for stage in ("recognise", "correct")])
        self.assertIn("a: page 2: recognise 0.25", self.emend(a, "-v").stderr)
        self.assertEqual(self.emend(a).stderr, "", "nothing is told where nobody looks")


class Words(Command):
    def test_help_tells_of_everything(self):
        text = self.emend("--help").stdout
        for word in ("--pages", "--jobs", "--model", "--password", "--show", "--keep-steps", "--psm", "--page-timeout",
                     "correct", "doctor", "Exit status", "Examples"):
            self.assertIn(word, text)
        self.assertIn("--keep-space", self.emend("correct", "--help").stdout)

    def test_doctor_says_what_is_there_and_what_is_missing(self):
        text = self.emend("doctor", code=(0, NOTICES)).stdout
        self.assertIn("fake 1", text)
        self.assertIn("eng deu", text)
        facts = json.loads(self.emend("doctor", "--json", code=(0, NOTICES)).stdout)
        self.assertEqual(facts["languages"], ["eng", "deu"])
        self.assertGreater(facts["memory_total_mib"], 0)
        self.environment["EMEND_LIBEXEC_DIR"] = str(self.folder)
        self.environment["EMEND_DATA_DIR"] = str(self.folder)
        facts = json.loads(self.emend("doctor", "--json", code=NOTICES).stdout)
        self.assertGreaterEqual(len(facts["troubles"]), 3)
        for trouble in facts["troubles"]:
            self.assertNotEqual(trouble["remedy"], "")


if __name__ == "__main__":
    main()
