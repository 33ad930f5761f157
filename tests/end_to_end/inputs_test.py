# SPDX-License-Identifier: Apache-2.0
"""Folders, patterns, lists and archives as inputs; nothing escapes, nothing is overwritten, and the rest goes on."""

import http.server
import io
import json
import subprocess
import threading
import zipfile

from emend_command import (BAD_USE, IO_FAILED, NETWORK_FAILED, NOT_FOUND, NOTICES, OK, TOO_LARGE, UNREADABLE, EmendTest,
                           main, skip_without, without_provenance)
from pdf_files import LETTER, Pdf, scan, text_operators

PDF = Pdf().page(text_operators(LETTER)).bytes()


def zipped(members, **options):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def picture(lines=LETTER, kind="PNG"):
    data = io.BytesIO()
    scan(lines, dpi=150).save(data, kind, dpi=(150, 150))
    return data.getvalue()


class Files(EmendTest):
    def put(self, files):
        for name, content in files.items():
            self.path(name).parent.mkdir(parents=True, exist_ok=True)
            self.path(name).write_bytes(content)

    def results(self, folder="out"):
        return without_provenance(sorted(str(path.relative_to(self.path(folder))) for path in self.path(folder).rglob("*")
                                         if path.is_file()))

    def sources(self, *arguments, code=OK):
        lines = self.emend("--format", "json", *arguments, code=code).stdout.splitlines()
        return [json.loads(line)["source"] for line in lines]


class Inputs(Files):
    def test_a_folder_keeps_its_tree(self):
        self.put({"scans/2024/10.pdf": PDF, "scans/2024/9.pdf": PDF, "scans/a.pdf": PDF, "scans/.b.pdf": PDF,
                  "scans/notes.txt": b"hello"})
        done = self.emend("scans", "-o", "out", code=NOTICES)
        self.assertEqual(self.results(), ["scans/2024/10.pdf.txt", "scans/2024/9.pdf.txt", "scans/a.pdf.txt"])
        self.assertIn("1 file is no document and was skipped: scans/notes.txt", done.stderr)
        self.emend("scans", "-o", "out2", "--exclude", "*.txt")
        self.assertEqual(self.sources("scans", "--include", "*.pdf"),
                         ["scans/2024/9.pdf", "scans/2024/10.pdf", "scans/a.pdf"])
        # Results beside the inputs, in the same tree.
        self.emend("scans", "--include", "*.pdf", "-o", "{folder}/{stem}.{ext}")
        self.assertTrue(self.path("scans/2024/10.txt").exists())

    def test_bad_files_among_good_ones(self):
        self.put({"scans/a.pdf": PDF, "scans/bad.pdf": b"%PDF-1.4\nnothing", "scans/c.pdf": PDF})
        done = self.emend("scans", "missing.pdf", "no*.pdf", "-o", "out", code=NOT_FOUND)
        self.assertEqual(self.results(), ["scans/a.pdf.txt", "scans/c.pdf.txt"])
        for part in ("scans/bad.pdf: this PDF", "missing.pdf: no such file", "no*.pdf: no file has such a name"):
            self.assertIn(part, done.stderr)

    def test_nothing_to_read(self):
        self.path("empty").mkdir()
        self.assertIn("there is no document", self.emend("empty", code=NOT_FOUND).stderr)
        self.put({"texts/a.txt": b"hello"})
        self.assertIn("texts/a.txt", self.emend("texts", code=NOT_FOUND).stderr)

    def test_lists(self):
        self.put({"a b.pdf": PDF, "scans/1.pdf": PDF, "list": b"a b.pdf\nscans\n", "zeros": b"scans/1.pdf\0a b.pdf\0"})
        self.assertEqual(self.sources("--from-file", "list"), ["a b.pdf", "scans/1.pdf"])
        self.assertEqual(self.sources("--from-file", "zeros"), ["scans/1.pdf", "a b.pdf"])
        done = self.emend("--format", "json", "--from-file", "-", stdin=b"scans/1.pdf\n")
        self.assertEqual(json.loads(done.stdout)["source"], "scans/1.pdf")
        self.emend("--from-file", "-", "-", code=BAD_USE)
        self.emend("--from-file", "nowhere", code=NOT_FOUND)

    def test_kinds_mixed_in_one_call(self):
        self.put({"a.pdf": PDF, "b.png": picture(), "s/c.pdf": PDF, "d.zip": zipped({"x/e.pdf": PDF})})
        self.assertEqual(self.sources("a.pdf", "b.png", "s", "d.zip", "?.pdf"),
                         ["a.pdf", "b.png", "s/c.pdf", "d.zip/x/e.pdf"])

    def test_a_zip_is_a_folder(self):
        inner = zipped({"deep.pdf": PDF})
        self.put({"all.zip": zipped({"in/10.pdf": PDF, "in/9.png": picture(), "readme.txt": b"hello", "more.zip": inner,
                                     "__MACOSX/._x": b"junk", "bad.pdf": b"%PDF-1.4 no"})})
        done = self.emend("all.zip", "-o", "out", "--format", "txt,pdf", code=UNREADABLE)
        self.assertEqual(self.results(), [f"all.zip/{name}.{ending}" for name in ("in/10.pdf", "in/9.png", "more.zip/deep.pdf")
                                          for ending in ("pdf", "txt")])
        self.assertIn("two chairs", self.path("out/all.zip/in/9.png.txt").read_text().lower())
        self.assertIn("all.zip/bad.pdf: this PDF", done.stderr)
        self.assertIn("all.zip/readme.txt", done.stderr)
        self.assertEqual(self.sources("all.zip/in/10.pdf"), ["all.zip/in/10.pdf"])
        self.emend("all.zip/in/none.pdf", code=NOT_FOUND)
        self.assertEqual(self.sources("all.zip", "--exclude", "*.txt", "--exclude", "bad*", "--exclude", "in"),
                         ["all.zip/more.zip/deep.pdf"])

    def test_no_member_is_written_under_its_own_name(self):
        self.put({"evil.zip": zipped({"../../escaped.pdf": PDF, "/tmp/absolute.pdf": PDF, "..\\back.pdf": PDF})})
        self.emend("evil.zip", "-o", "deep/er/out")
        self.assertEqual(self.results("deep/er/out"), [f"evil.zip/{name}.pdf.txt" for name in
                                                      ("back", "escaped", "tmp/absolute")])

    def test_bombs_and_broken_archives(self):
        bomb = zipped({"zeros.png": bytes(100 << 20)})
        self.put({"bomb.zip": bomb, "broken.zip": bomb[:500], "good.pdf": PDF,
                  "nest.zip": zipped({"1.zip": zipped({"2.zip": zipped({"3.pdf": PDF})})})})
        done = self.emend("bomb.zip", "good.pdf", "broken.zip", "nest.zip", "-o", "out", code=TOO_LARGE)
        self.assertEqual(self.results(), ["good.pdf.txt"])
        for part in ("bomb.zip: this archive would be 100 MiB", "broken.zip: this archive is damaged",
                     "nest.zip/1.zip/2.zip: an archive in an archive in an archive"):
            self.assertIn(part, done.stderr)

    def test_results_are_never_inputs_and_never_collide(self):
        self.put({"a/x.pdf": PDF, "b/x.pdf": PDF, "all.zip": zipped({"x.pdf": PDF})})
        self.assertIn("two results", self.emend("a/x.pdf", "b/x.pdf", "-o", "out", code=BAD_USE).stderr)
        self.emend("a", "b", "-o", "out")
        self.assertEqual(self.results(), ["a/x.pdf.txt", "b/x.pdf.txt"])
        before = self.path("all.zip").read_bytes()
        self.emend("all.zip", "-o", "all.zip", code=(BAD_USE, IO_FAILED))
        self.assertIn("is one of the inputs", self.emend("a/x.pdf", "-o", "a/x.pdf", code=BAD_USE).stderr)
        self.assertEqual(self.path("all.zip").read_bytes(), before)

    def test_steps_of_many_inputs(self):
        self.put({"s/1.pdf": PDF, "s/2.pdf": PDF})
        self.emend("s", "--keep-steps", "steps")
        self.assertTrue(self.path("steps/002/000001_recognised.json").exists())


class Comic(EmendTest):
    def comic(self):
        pages = {f"p{number}.{ending}": picture([f"This is the page with number {number} of the book", *LETTER], kind)
                 for number, kind, ending in ((10, "JPEG", "jpg"), (2, "PNG", "png"), (1, "TIFF", "tif"))}
        return self.write("book.cbz", zipped({**pages, "info.xml": b"<x/>"}))

    def test_its_images_are_pages(self):
        document = self.document(self.comic())
        self.assertEqual(document["source"], str(self.path("book.cbz")))
        first = [" ".join(word["readings"][0]["text"] for word in page["lines"][0]["words"]) for page in document["pages"]]
        self.assertEqual([text.split()[6] for text in first], ["1", "2", "10"], first)
        self.assertEqual([page["number"] for page in self.document("book.cbz", "--pages", "2-")["pages"]], [2, 3])

    @skip_without("pdfimages")
    def test_its_searchable_pdf_holds_the_images(self):
        self.comic()
        self.emend("book.cbz", "--format", "pdf", "-o", "book.pdf")
        rows = subprocess.run(["pdfimages", "-list", self.path("book.pdf")], capture_output=True, check=True)
        self.assertEqual([row.split()[8] for row in rows.stdout.decode().splitlines()[2:]], ["image", "image", "jpeg"])
        text = subprocess.run(["pdftotext", self.path("book.pdf"), "-"], capture_output=True, check=True).stdout.decode()
        self.assertEqual(text.count("chairs"), 3)

    def test_without_an_image(self):
        self.write("book.cbz", zipped({"info.xml": b"<x/>"}))
        self.assertIn("no image", self.emend("book.cbz", code=UNREADABLE).stderr)


class Site(http.server.BaseHTTPRequestHandler):
    """What is in `files`, and ways that lead elsewhere."""

    files = {"/a/scan.pdf": PDF}

    def do_GET(self):
        path = self.path.partition("?")[0]
        if path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/a/scan.pdf")
            self.end_headers()
        elif path == "/large.pdf":
            self.send_response(200)
            self.send_header("Content-Length", str(600 << 20))  # of which hardly anything comes
            self.end_headers()
            self.wfile.write(PDF)
        elif path in self.files:
            self.send_response(200)
            self.end_headers()  # without its length
            self.wfile.write(self.files[path])
        else:
            self.send_error(404)

    def log_message(self, *_):
        pass


class Web(Files):
    def setUp(self):
        super().setUp()
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.site = f"http://127.0.0.1:{server.server_port}"

    def test_a_document_is_fetched_and_its_results_are_called_like_it(self):
        self.emend(f"{self.site}/a/scan.pdf?key=1", f"{self.site}/moved", "--format", "txt,pdf", "-o", "out/{stem}.{ext}")
        self.assertEqual(self.results(), ["moved.pdf", "moved.txt", "scan.pdf", "scan.txt"])
        self.assertIn("Two chairs", self.path("out/scan.txt").read_text())

    def test_what_cannot_be_had_is_an_error_and_the_rest_goes_on(self):
        self.put({"a.pdf": PDF})
        for address, code, says in ((f"{self.site}/none.pdf", NOT_FOUND, "404"),
                                    ("http://127.0.0.1:9/a.pdf", NETWORK_FAILED, "127.0.0.1")):
            done = self.emend(address, "a.pdf", code=code)
            self.assertIn("Two chairs", done.stdout)
            self.assertIn(says, done.stderr)

    def test_limits(self):
        self.assertIn("larger than 512 MiB", self.emend(f"{self.site}/large.pdf", code=TOO_LARGE).stderr)
        self.assertIn("no request", self.emend(f"{self.site}/a/scan.pdf", "--offline", code=BAD_USE).stderr)


if __name__ == "__main__":
    main()
