# SPDX-License-Identifier: Apache-2.0
"""emend.read and emend.pages: documents, progress, stopping, threads, asyncio."""

import asyncio
import gc
import json
import os
import pickle
import re
import shutil
import signal
import subprocess
import threading
import time
import xml.etree.ElementTree

import emend
from emend_package import INVOICE, THREE_PAGES, TWO_PAGES, PackageTest, children, main, settled


class Documents(PackageTest):
    def setUp(self):
        super().setUp()
        self.document = emend.read(INVOICE)

    def test_a_document_has_pages_words_numbers_and_edits(self):
        page = self.document.pages[0]
        self.assertEqual(len(self.document.pages), 1)
        self.assertEqual([word.text for word in self.document.words],
                         [word.text for line in page.lines for word in line.words])
        self.assertGreater(len(self.document.numbers), 10)
        self.assertTrue(all(any(c.isdigit() for c in number.text) for number in self.document.numbers))
        applied = [(edit.before, edit.after) for edit in self.document.edits if edit.applied]
        self.assertIn(("externai", "external"), applied)
        self.assertIn("external", self.document.text)
        self.assertIn("externai", page.as_recognised().text)

    def test_tables_are_rows_of_cells_with_the_words_of_the_page(self):
        page = self.document.pages[0]
        self.assertTrue(page.tables)
        for table in page.tables:
            self.assertGreater(len(table), 1)
            self.assertEqual({len(row) for row in table}, {len(table[0])})
            for cell in (cell for row in table for cell in row if cell):
                self.assertIn(cell, page.text)

    def test_values_outlive_the_document_that_they_came_from(self):
        words = self.document.words
        texts = [word.text for word in words]
        del self.document
        gc.collect()
        self.assertEqual([word.text for word in words], texts)

    def test_the_json_form_is_that_of_the_command(self):
        command = os.path.join(os.environ["EMEND_PREFIX"], "bin", "emend")
        printed = subprocess.run([command, "--format", "json", INVOICE], capture_output=True, check=True).stdout
        self.assertEqual(json.loads(self.document.to_json()), json.loads(printed))
        again = emend.Document.from_json(self.document.to_json())
        self.assertEqual(again.to_json(), self.document.to_json())
        self.assertEqual(pickle.loads(pickle.dumps(self.document)).to_json(), self.document.to_json())

    def test_it_is_saved_in_the_format_that_the_ending_names(self):
        self.document.save(self.folder / "a.txt")
        self.assertEqual((self.folder / "a.txt").read_text(encoding="utf-8"), self.document.text)
        self.document.save(str(self.folder / "a.json"))
        self.assertEqual(json.loads((self.folder / "a.json").read_text(encoding="utf-8")),
                         json.loads(self.document.to_json()))
        for name in emend._emend.endings():
            self.document.save(self.folder / f"b{name}")
        self.assertEqual((self.folder / "b.pdf").read_bytes()[:5], b"%PDF-")
        self.assertEqual(emend.Document.from_json((self.folder / "b.json").read_text(encoding="utf-8")).text,
                         self.document.text)
        with self.assertRaisesRegex(emend.InvalidArgumentError, "a.wav.*\n.*[.]txt"):
            self.document.save(self.folder / "a.wav")
        with self.assertRaises(OSError):
            self.document.save(self.folder / "nowhere" / "a.txt")

    def test_a_notebook_shows_the_page_with_its_edits(self):
        page = self.document.pages[0]
        picture = xml.etree.ElementTree.fromstring(page._repr_html_())
        texts = ["".join(node.itertext()) for node in picture.iter() if node.tag.endswith("}text")]
        self.assertEqual(len(texts), len(page.words))
        marks = ["".join(node.itertext()) for node in picture.iter() if node.tag.endswith("}rect")]
        self.assertEqual(len(marks), len(page.edits))
        self.assertTrue(any("externai to external" in mark for mark in marks))


class Errors(PackageTest):
    def test_each_kind_is_a_class_of_its_own_and_says_what_to_do(self):
        (self.folder / "noise.png").write_bytes(b"\x89PNG\r\n\x1a\nnoise")
        for expected, path, options in [(emend.NotFoundError, "nowhere.png", {}),
                                        (FileNotFoundError, "nowhere.png", {}),
                                        (emend.UnreadableInputError, self.folder / "noise.png", {}),
                                        (emend.MissingDependencyError, INVOICE, {"languages": "tlh"}),
                                        (emend.LimitExceededError, INVOICE, {"max_pixels": 1000}),
                                        (emend.InvalidArgumentError, INVOICE, {"pages": "3-1"}),
                                        (ValueError, INVOICE, {"jobs": -1}),
                                        (ValueError, INVOICE, {"no_such_option": 1}),
                                        (TypeError, 7, {})]:
            with self.subTest(expected=expected, options=options), self.assertRaises(expected):
                emend.read(path, **options)
        with self.assertRaises(emend.EmendError) as caught:
            emend.read(INVOICE, languages=["eng", "tlh"])
        self.assertEqual(caught.exception.code, "missing_dependency")
        self.assertIn("apt install", caught.exception.hint)
        self.assertIn(caught.exception.hint, str(caught.exception))
        self.assertEqual(str(pickle.loads(pickle.dumps(caught.exception))), str(caught.exception))

    def test_the_documentation_lists_every_option_with_its_default(self):
        for option in emend._emend.options():
            default = f" (default {option.fallback})" if option.fallback else ""
            self.assertRegex(emend.read.__doc__, rf"(?m)^    {option.name}: .*{re.escape(default)}$")
        self.assertIn("(default 120)", emend.read.__doc__)  # page_timeout_s


class Pages(PackageTest):
    def test_pages_come_as_they_finish_and_progress_is_told(self):
        told = []
        with emend.pages(THREE_PAGES, jobs=2, progress=lambda done, total: told.append((done, total))) as pages:
            numbers = [page.number for page in pages]
        self.assertEqual(numbers, [1, 2, 3])
        self.assertEqual(len(told), 3)
        self.assertTrue(all(total == 3 for _, total in told))
        self.assertEqual(pages.notices, [])
        self.assertEqual(pages.provenance.languages, "eng")

    def test_a_page_that_fails_is_a_notice_and_the_others_arrive(self):
        document = emend.read(self.script("a", 3, p2="crash"))
        self.assertEqual([page.number for page in document.pages], [1, 3])
        self.assertEqual([(notice.code, notice.page) for notice in document.notices], [("page_failed", 2)])

    def test_memory_is_bounded_because_a_slow_reader_is_waited_for(self):
        with emend.pages(self.script("a", 500), jobs=1) as pages:
            next(pages)
            time.sleep(0.5)
            self.assertLess(pages.done, 400)
            self.assertEqual(len(list(pages)), 499)

    def test_an_exception_in_progress_ends_the_reading(self):
        def fail(done, total):
            raise KeyError("mine")
        with self.assertRaisesRegex(KeyError, "mine"):
            emend.read(self.script("a", 5, p3="hang"), progress=fail)

    def test_cancel_from_another_thread_keeps_what_is_finished(self):
        pages = emend.pages(self.script("a", 5, p2="hang"), jobs=1)
        self.assertEqual(next(pages).number, 1)
        threading.Timer(0.2, pages.cancel).start()
        with self.assertRaises(emend.CancelledError):
            list(pages)
        self.assertEqual([notice.code for notice in pages.notices], ["cancelled"])
        pages.close()
        pages.close()

    def test_pages_that_nobody_takes_leave_no_process(self):
        pages = emend.pages(self.script("a", 5, every="hang"))
        settled(lambda: children(os.getpid()), "a page worker")
        del pages

    def test_a_page_is_kept_when_the_signal_comes_while_it_is_told_of(self):
        def interrupt(done, _):
            if done == 2:
                os.kill(os.getpid(), signal.SIGINT)  # its handler runs before this returns
        path = self.script("a", 5, p3="hang")
        with self.assertRaises(KeyboardInterrupt) as caught:
            emend.read(path, jobs=1, page_timeout_s=86400, progress=interrupt)
        self.assertEqual([page.number for page in caught.exception.document.pages], [1, 2])
        self.assertEqual([notice.code for notice in caught.exception.document.notices], ["cancelled"])
        pages = emend.pages(path, jobs=1, page_timeout_s=86400, progress=interrupt)
        self.assertEqual(next(pages).number, 1)
        with self.assertRaises(KeyboardInterrupt):
            next(pages)
        self.assertEqual(next(pages).number, 2)
        with self.assertRaises(emend.CancelledError):
            next(pages)


class Together(PackageTest):
    def test_four_threads_read_four_files_at_once(self):
        copies = [self.folder / f"copy_{number}{path.suffix}" for number, path in enumerate((INVOICE, TWO_PAGES))]
        for copy, path in zip(copies, (INVOICE, TWO_PAGES)):
            shutil.copy(path, copy)
        files = [INVOICE, TWO_PAGES, *copies]
        expected = {path: emend.read(path).to_json() for path in files}
        found = []

        def work(path):
            found.append((path, emend.read(path, jobs=1).to_json()))
        threads = [threading.Thread(target=work, args=(path,)) for path in files]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(found), 4)
        for path, result in found:
            self.assertEqual(result, expected[path])

    def test_other_threads_go_on_while_a_page_is_read(self):
        pages = emend.pages(self.script("a", 2, p2="slow"), jobs=1)
        next(pages)
        counted = []
        thread = threading.Thread(target=lambda: counted.append(sum(1 for _ in pages)))
        thread.start()
        ticks = 0
        while thread.is_alive():  # stands still where the GIL is held
            ticks += 1
            time.sleep(0.01)
        self.assertEqual(counted, [1])
        self.assertGreater(ticks, 3)

    def test_asyncio(self):
        path = self.script("a", 3)

        async def gather():
            whole = asyncio.get_running_loop().run_in_executor(None, emend.read, path)
            return [page.number async for page in emend.pages(path)], await whole
        numbers, document = asyncio.run(gather())
        self.assertEqual(numbers, [1, 2, 3])
        self.assertEqual(len(document.pages), 3)

    def test_a_cancelled_task_cancels_the_reading(self):
        path = self.script("a", 3, p2="hang")

        async def read_all():
            return [page async for page in emend.pages(path, jobs=1, page_timeout_s=86400)]

        async def cancel():
            task = asyncio.ensure_future(read_all())
            await asyncio.sleep(0.5)
            task.cancel()
            await task
        with self.assertRaises(asyncio.CancelledError):
            asyncio.run(cancel())

    def test_no_engine_is_in_this_process(self):
        with open("/proc/self/maps", encoding="utf-8") as maps:
            loaded = maps.read()
        self.assertIn("libemend", loaded)
        for name in ("llama", "ggml", "tesseract", "poppler", "lept", "cuda", "vulkan", "torch"):
            self.assertNotIn(f"lib{name}", loaded)


if __name__ == "__main__":
    main()
