# SPDX-License-Identifier: Apache-2.0
"""Bad input: a clear error, its exit status, and the other files of the same call still done."""

import io
import os
import struct
import subprocess
import zlib

from PIL import Image

from emend_command import (BAD_USE, ENGINE_FAILED, INVOICE, IO_FAILED, MISSING, NOT_FOUND, NOTICES, OK,
                           THREE_PAGES, TOO_LARGE, UNREADABLE, EmendTest, main, skip_without)

# Stands in the good file's text whatever the recogniser's mood.
GOOD_TEXT = "Amount payable"


def png(width, height, rows=b""):
    """A bilevel PNG; `rows` is the image data before compression."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 1))
            + chunk(b"IEND", b""))


class BadInput(EmendTest):
    def check(self, bad, code, *says, options=(), saved=0):
        """`bad` between two good files: both are read, the exit status is `code`, and the message
        names the file and says one of `says`. `saved` pages of the bad one hold the text of the good ones."""
        done = self.emend(INVOICE, bad, INVOICE, *options, code=code)
        self.assertEqual(done.stdout.count(GOOD_TEXT), 2 + saved, "the good files are not both there")
        about = [line for line in done.stderr.splitlines() if str(bad) in line]
        self.assertTrue(about, f"no message names {bad}:\n{done.stderr}")
        if says:
            text = done.stderr.lower()
            self.assertTrue(any(word in text for word in says), f"none of {says} in:\n{done.stderr}")
        return done

    def test_missing_file(self):
        self.check(self.path("nowhere.png"), NOT_FOUND, "no such file", "not found", "does not exist")

    def test_folder_instead_of_a_file(self):
        self.path("folder.png").mkdir()
        self.check(self.path("folder.png"), (NOT_FOUND, UNREADABLE, IO_FAILED), "folder", "directory",
                   "not a file", "regular file")

    def test_empty_file(self):
        self.check(self.write("empty.png", b""), UNREADABLE, "empty")

    def test_text_renamed_png(self):
        self.check(self.write("note.png", b"Dear customer,\nthis is not an image.\n"), UNREADABLE)

    def test_noise_renamed_pdf(self):
        self.check(self.write("noise.pdf", bytes(range(256)) * 40), UNREADABLE)

    def test_truncated_jpeg(self):
        whole = io.BytesIO()
        Image.open(INVOICE).convert("L").save(whole, "JPEG", quality=60)
        cut = whole.getvalue()[:len(whole.getvalue()) // 2]
        self.check(self.write("cut.jpg", cut), (NOTICES, UNREADABLE), "damaged", "truncated", "incomplete",
                   "premature")

    def test_jpeg_of_a_few_bytes(self):
        whole = io.BytesIO()
        Image.open(INVOICE).convert("L").save(whole, "JPEG", quality=60)
        self.check(self.write("start.jpg", whole.getvalue()[:60]), UNREADABLE)

    def test_truncated_png(self):
        self.check(self.write("cut.png", INVOICE.read_bytes()[:20000]), (NOTICES, UNREADABLE))

    def test_truncated_pdf(self):
        data = THREE_PAGES.read_bytes()
        self.check(self.write("cut.pdf", data[:len(data) // 2]), NOTICES, "damaged", saved=1)

    def test_pdf_of_a_few_bytes(self):
        self.check(self.write("start.pdf", THREE_PAGES.read_bytes()[:200]), UNREADABLE)

    def test_image_without_pixels(self):
        self.check(self.write("none.png", png(0, 0)), UNREADABLE)
        self.check(self.write("none.pgm", b"P5 0 0 255\n"), UNREADABLE)

    def test_image_of_35000_by_35000_pixels(self):
        rows = zlib.compressobj(1)
        row = b"\0" + b"\xff" * (35000 // 8)
        data = b"".join(rows.compress(row * 1000) for _ in range(35)) + rows.flush()
        header = png(35000, 35000)
        at = header.index(b"IDAT") - 4
        chunk = struct.pack(">I", len(data)) + b"IDAT" + data + struct.pack(">I", zlib.crc32(b"IDAT" + data))
        huge = self.write("huge.png", header[:at] + chunk + header[-12:])
        self.check(huge, TOO_LARGE, "pixels")

    def test_header_that_promises_more_pixels_than_there_are(self):
        self.check(self.write("bomb.png", png(2_000_000, 2_000_000)), (TOO_LARGE, UNREADABLE))

    def test_image_35000_pixels_wide(self):
        Image.new("L", (35000, 60), 255).save(self.path("wide.png"))
        done = self.check(self.path("wide.png"), (NOTICES, TOO_LARGE))
        self.assertRegex(done.stderr, r"pixels|nothing on|blank|smaller")

    def test_page_with_nothing_on_it(self):
        Image.new("L", (1200, 800), 255).save(self.path("blank.png"))
        self.check(self.path("blank.png"), NOTICES, "nothing", "blank")

    def test_unknown_language(self):
        done = self.emend(INVOICE, "-l", "eng+xyz", code=MISSING)
        self.assertIn("xyz", done.stderr)
        self.assertIn("eng", done.stderr)  # what there is
        self.assertEqual(done.stdout, "")

    def test_model_that_is_a_text_file(self):
        model = self.write("model.gguf", b"This is a letter, not a model.\n" * 40)
        done = self.emend(INVOICE, "--model", model, code=(UNREADABLE, MISSING))
        self.assertIn("model.gguf", done.stderr)

    def test_model_that_is_not_there(self):
        done = self.emend(INVOICE, "--model", self.path("nowhere.gguf"), code=(MISSING, NOT_FOUND))
        self.assertIn("nowhere.gguf", done.stderr)

    def test_model_that_is_cut_off(self):
        header = b"GGUF" + struct.pack("<IQQ", 3, 10, 10) + b"\1" * 50
        done = self.emend(INVOICE, "--model", self.write("cut.gguf", header), code=(UNREADABLE, ENGINE_FAILED))
        self.assertIn("cut.gguf", done.stderr)

    def test_unwritable_output(self):
        done = self.emend(INVOICE, "-o", self.path("no/such/folder/out.txt"), code=(IO_FAILED, NOT_FOUND))
        self.assertIn("out.txt", done.stderr)
        self.emend(INVOICE, "-o", "/dev/full", code=IO_FAILED)

    def test_full_standard_output(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([os.environ["EMEND_PREFIX"] + "/bin/emend", INVOICE], stdout=full,
                                  stderr=subprocess.PIPE, env=self.environment, check=False, timeout=240)
        self.assertEqual(done.returncode, IO_FAILED, done.stderr)

    def test_bad_options(self):
        for options in (["--pages", "0"], ["--pages", "3-1"], ["--pages", "x"], ["--jobs", "-1"],
                        ["--format", "docm"], ["--no-such-option"], ["--model"]):
            done = self.emend(INVOICE, *options, code=BAD_USE)
            self.assertNotEqual(done.stderr, "", options)
        self.emend(code=BAD_USE)

    def test_pages_that_are_not_there(self):
        done = self.emend(THREE_PAGES, "--pages", "9", code=(BAD_USE, NOT_FOUND))
        self.assertIn("3", done.stderr)


@skip_without("qpdf")
class EncryptedPdf(EmendTest):
    def setUp(self):
        super().setUp()
        subprocess.run(["qpdf", "--encrypt", "secret", "owner", "256", "--", THREE_PAGES,
                        self.path("locked.pdf")], check=True)

    def test_without_the_password(self):
        done = self.emend(INVOICE, self.path("locked.pdf"), INVOICE, code=UNREADABLE)
        self.assertEqual(done.stdout.count(GOOD_TEXT), 2)
        self.assertIn("password", done.stderr)
        self.assertIn("--password", done.stderr)

    def test_with_the_wrong_password(self):
        done = self.emend(self.path("locked.pdf"), "--password", "guess", code=UNREADABLE)
        self.assertIn("password", done.stderr)
        self.assertNotIn("guess", done.stderr)

    def test_with_the_password(self):
        plain = self.emend(THREE_PAGES, code=(OK, NOTICES))
        opened = self.emend(self.path("locked.pdf"), "--password", "secret", code=(OK, NOTICES))
        self.assertEqual(opened.stdout, plain.stdout)


if __name__ == "__main__":
    main()
