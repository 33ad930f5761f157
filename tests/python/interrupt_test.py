# SPDX-License-Identifier: Apache-2.0
"""Ctrl-C in a long reading: KeyboardInterrupt comes at once, finished pages are kept, and no process is left.

Each test has a Python of its own that works, and sends it the signal that a terminal would send. How long it took is
printed; only what hangs is a failure.
"""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time

from emend_package import THREE_PAGES, PackageTest, main

HANGS_AFTER_S = 20

# Tells of each page, and at the end what was raised, what was kept and which children there are still.
PROGRAM = """
import json, os, sys
sys.path.insert(0, {helpers!r})
import emend
from emend_command import children

def told(done, total):
    print("page", done, flush=True)

kept, notices = [], []
try:
    {work}
except KeyboardInterrupt as stopped:
    left = children(os.getpid())
    document = getattr(stopped, "document", None)
    if document is not None:
        kept = [page.number for page in document.pages]
        notices = [notice.code for notice in document.notices]
    print(json.dumps(["KeyboardInterrupt", kept, notices, left]), flush=True)
"""


class Interrupt(PackageTest):
    def start(self, work):
        helpers = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "end_to_end")
        program = PROGRAM.format(helpers=helpers, work=textwrap.indent(work, "    ").lstrip())
        running = subprocess.Popen([sys.executable, "-B", "-c", program], stdout=subprocess.PIPE, text=True)
        self.addCleanup(running.stdout.close)
        self.addCleanup(running.wait)
        self.addCleanup(running.kill)
        return running

    def interrupted(self, running):
        """[exception, numbers of the pages that were kept, notices, children] of the program, to which Ctrl-C was sent."""
        sent = time.monotonic()
        running.send_signal(signal.SIGINT)
        told = [json.loads(line) for line in running.stdout if line.startswith("[")]
        self.assertEqual(running.wait(), 0)
        took = time.monotonic() - sent
        print(f"{self.id().rsplit('.', 1)[1]}: over {1000 * took:.0f} ms after the signal", file=sys.stderr)
        self.assertLess(took, HANGS_AFTER_S)
        return told[-1]

    def long_document(self):
        pages = [argument for _ in range(10) for argument in (str(THREE_PAGES), "1-3")]
        path = self.folder / "thirty.pdf"
        subprocess.run(["qpdf", "--empty", "--pages", *pages, "--", path], check=True)
        return str(path)

    def test_reading_stops_and_keeps_the_finished_pages(self):
        for jobs in (1, 4):
            with self.subTest(jobs=jobs):
                running = self.start(f"emend.read({self.long_document()!r}, jobs={jobs}, progress=told)")
                for line in running.stdout:
                    if line == "page 2\n":
                        break
                name, kept, notices, left = self.interrupted(running)
                self.assertEqual(name, "KeyboardInterrupt")
                self.assertEqual(kept[:2], [1, 2])
                self.assertEqual(kept, sorted(kept))  # what was still in work is missing between
                self.assertLess(len(kept), 30)
                self.assertEqual(notices, ["cancelled"])
                self.assertEqual(left, {})

    def test_a_page_that_hangs_stops(self):
        path = str(self.script("a", 3, p2="hang"))
        running = self.start(f"emend.read({path!r}, jobs=1, page_timeout_s=86400, progress=told)")
        self.assertEqual(running.stdout.readline(), "page 1\n")
        self.assertEqual(self.interrupted(running), ["KeyboardInterrupt", [1], ["cancelled"], {}])

    def test_a_model_that_hangs_stops(self):
        path = str(self.script("a", 2, p2="misread"))
        self.set_environment(EMEND_FAKE_HOST="wait_on_score", EMEND_FAKE_HOST_GATE=str(self.folder / "gate"))
        model = str(self.models_folder() / "tiny.gguf")
        running = self.start(f"emend.read({path!r}, jobs=1, model={model!r}, timeout_s=86400, progress=told)")
        reached = self.folder / "gate.reached"
        while not reached.exists() and running.poll() is None:
            time.sleep(0.02)
        name, kept, _, left = self.interrupted(running)
        self.assertEqual((name, left), ("KeyboardInterrupt", {}))
        self.assertEqual(kept[:1], [1])

    def test_the_short_form_stops(self):
        path = str(self.script("a", 1, every="hang"))
        work = f"engine = emend.OcrEngine(page_timeout_s=86400)\nengine.load_image({path!r})\nprint('page', flush=True)\nengine.recognize()"
        running = self.start(work)
        self.assertEqual(running.stdout.readline(), "page\n")
        self.assertEqual(self.interrupted(running), ["KeyboardInterrupt", [], [], {}])


if __name__ == "__main__":
    main()
