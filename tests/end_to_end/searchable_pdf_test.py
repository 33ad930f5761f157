# SPDX-License-Identifier: Apache-2.0
"""The searchable PDF, judged by qpdf and poppler: the page looks as before, and every corrected word is in its box."""

import json
import re
import subprocess
import xml.etree.ElementTree

from emend_command import BAD_USE, INVOICE, NOTICES, OK, THREE_PAGES, TWO_PAGES, EmendTest, main, skip_without
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

XHTML = "{http://www.w3.org/1999/xhtml}"
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
WORDS = ["Invoice number 4711 of March", "Two chairs and one table", "Total 1,234.50 EUR"]


def tool(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, check=True).stdout


def letter(mode="L", dpi=200):
    """A picture with a few lines that any recogniser reads; wide enough to be no receipt."""
    image = Image.new("RGB", (1200, 700), (255, 255, 250))
    pen = ImageDraw.Draw(image)
    for number, words in enumerate(WORDS):
        pen.text((100, 100 + 120 * number), words, font=ImageFont.truetype(FONT, 44), fill=(10, 20, 60))
    image = image.convert(mode)
    image.info["dpi"] = (dpi, dpi)
    return image


def pages_of(pdf):
    """For each page its size and its words as (text, left, top, right, bottom), in points as a viewer shows it."""
    root = xml.etree.ElementTree.fromstring(tool("pdftotext", "-bbox", "-cropbox", pdf, "-"))
    turns = re.findall(rb"Page +\d+ rot: +(\d+)", tool("pdfinfo", "-l", 9999, pdf))
    for page, turn in zip(root.iter(XHTML + "page"), turns):
        words = [(w.text, *(float(w.get(k)) for k in ("xMin", "yMin", "xMax", "yMax")))
                 for w in page.iter(XHTML + "word")]
        width, height = float(page.get("width")), float(page.get("height"))
        yield (height, width, words) if turn in (b"90", b"270") else (width, height, words)


def turned_back(box, page):
    """A box [x, y, w, h] of the upright page in shares of what a viewer shows: left, top, right, bottom."""
    x, y, w, h = box
    corners = [(x / page["width"], y / page["height"]), ((x + w) / page["width"], (y + h) / page["height"])]
    ways = {0: lambda u, v: (u, v), 90: lambda u, v: (v, 1 - u), 180: lambda u, v: (1 - u, 1 - v),
            270: lambda u, v: (1 - v, u)}
    (a, b), (c, d) = (ways[page["rotation"]](*corner) for corner in corners)
    return min(a, c), min(b, d), max(a, c), max(b, d)


def mean_difference(one, other):
    difference = ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB")))
    return sum(difference.mean) / 3


def pictures(pdf, folder, name):
    """The pages as poppler renders them, as bytes."""
    tool("pdftoppm", "-r", "100", "-cropbox", pdf, folder / name)
    return [path.read_bytes() for path in sorted(folder.glob(name + "-*.ppm"))]


@skip_without("qpdf")
@skip_without("pdftotext")
class SearchablePdf(EmendTest):
    def made(self, source, *options, code=(OK, NOTICES)):
        """The PDF and the JSON form of `source`; qpdf finds nothing wrong with the PDF."""
        self.emend(source, *options, "--format", "json,pdf", "-o", "made/{stem}.{ext}", code=code)
        pdf = self.path("made") / (source.stem + ".pdf")
        tool("qpdf", "--check", pdf)
        return pdf, json.loads(pdf.with_suffix(".json").read_text())

    def assert_words_are_in_their_boxes(self, pdf, document, share=0.99):
        wanted = found = 0
        pages = list(pages_of(pdf))
        for page in document["pages"]:
            width, height, words = pages[page["number"] - 1]
            slack = 2 / page["width"]
            for word in (word for line in page["lines"] if not line.get("is_noise") for word in line["words"]):
                left, top, right, bottom = turned_back(word["box"], page)
                for part in word["readings"][0]["text"].split():
                    wanted += 1
                    found += any(text == part and x0 / width >= left - slack and x1 / width <= right + slack
                                 and y0 / height >= top - slack and y1 / height <= bottom + slack
                                 for text, x0, y0, x1, y1 in words)
        self.assertGreater(wanted, 0)
        self.assertGreaterEqual(found / wanted, share, f"{found} of {wanted} words")

    def assert_looks_the_same(self, before, after):
        self.assertEqual(pictures(before, self.folder, "before"), pictures(after, self.folder, "after"))

    def check_scan(self, source):
        pdf, document = self.made(source)
        self.assert_words_are_in_their_boxes(pdf, document)
        self.assert_looks_the_same(source, pdf)
        return pdf, document

    def test_a_scanned_pdf_keeps_its_images_and_gets_its_words(self):
        pdf, document = self.check_scan(THREE_PAGES)
        images = [tool("pdfimages", "-list", path).decode().split("\n") for path in (THREE_PAGES, pdf)]
        self.assertEqual([[row.split()[2:10] for row in rows if row] for rows in images][0],
                         [[row.split()[2:10] for row in rows if row] for rows in images][1])
        text = tool("pdftotext", "-raw", pdf, "-").decode().split()
        self.assertEqual(text, [part for page in document["pages"] for line in page["lines"] if not line.get("is_noise")
                                for word in line["words"] for part in word["readings"][0]["text"].split()])

    def test_it_is_hardly_larger(self):
        pdf, document = self.made(THREE_PAGES)
        tool("qpdf", "--remove-attachment=emend.json", pdf, self.path("bare.pdf"))
        before = THREE_PAGES.stat().st_size
        limit = max(before * 1.15, before + 5000 * len(document["pages"]))
        self.assertLessEqual(self.path("bare.pdf").stat().st_size, limit)

    def test_the_attachment_tells_what_was_recognised_and_why_it_changed(self):
        pdf, document = self.made(THREE_PAGES)
        attached = json.loads(tool("qpdf", "--show-attachment=emend.json", pdf))
        for page in document["pages"]:
            for word in (word for line in page["lines"] for word in line["words"]):
                for reading in word["readings"] + word.get("other_readings", []):
                    reading.pop("characters", None)
        self.assertEqual(attached, document)

    def test_turned_and_cropped_pages(self):
        for name, words in (("r90", ["--rotate=+90"]), ("r180", ["--rotate=+180:2"]), ("r270", ["--rotate=+270"])):
            source = self.path(name + ".pdf")
            tool("qpdf", THREE_PAGES, source, *words)
            self.check_scan(source)
        text = tool("qpdf", "--qdf", THREE_PAGES, "-").replace(b"/MediaBox", b"/CropBox [ 60 80 560 540 ] /MediaBox")
        source = self.write("cropped.pdf", text)
        self.check_scan(source)

    def test_images_become_their_pages(self):
        kinds = {"rgb.png": "RGB", "grey.png": "L", "bit.png": "1", "palette.png": "P", "alpha.png": "RGBA",
                 "rgb.jpg": "RGB", "grey.jpg": "L", "cmyk.jpg": "CMYK", "rgb.tif": "RGB", "grey.bmp": "L",
                 "palette.gif": "P", "rgb.ppm": "RGB"}
        for name, mode in kinds.items():
            with self.subTest(name):
                source = self.path(name)
                image = letter(mode)
                image.save(source, dpi=(200, 200))
                pdf, document = self.made(source)
                self.assert_words_are_in_their_boxes(pdf, document)
                seen = Image.open(source)
                if mode == "RGBA":
                    seen = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
                tool("pdftoppm", "-r", document["pages"][0]["dpi"], pdf, self.path("shown"))
                shown = Image.open(next(self.folder.glob("shown-*.ppm")))
                self.assertEqual(shown.size, seen.size)
                self.assertLess(mean_difference(shown, seen), 4)  # poppler scales a little even at 1:1
                if mode != "CMYK" and not name.endswith("jpg"):
                    tool("pdfimages", "-png", pdf, self.path("inside"))
                    inside = Image.open(next(self.folder.glob("inside-*.png")))
                    self.assertEqual(mean_difference(inside, seen), 0)
                    next(self.folder.glob("inside-*.png")).unlink()

    def test_a_jpeg_is_not_encoded_again(self):
        source = self.path("photo.jpg")
        image = letter("RGB")
        exif = image.getexif()
        exif[0x0112] = 6  # lies on its side
        image.rotate(90, expand=True).save(source, quality=80, dpi=(200, 200), exif=exif)
        pdf, document = self.made(source)
        tool("pdfimages", "-all", pdf, self.path("image"))
        self.assertEqual(next(self.folder.glob("image-*.jpg")).read_bytes(), source.read_bytes())
        self.assertIn("4711", tool("pdftotext", pdf, "-").decode())
        self.assert_words_are_in_their_boxes(pdf, document)

    def test_a_tiff_keeps_all_its_pages(self):
        pdf, document = self.made(TWO_PAGES)
        self.assertEqual(len(list(pages_of(pdf))), 2)
        tool("pdfimages", "-png", pdf, self.path("inside"))
        with Image.open(TWO_PAGES) as pages:
            for number, inside in enumerate(sorted(self.folder.glob("inside-*.png"))):
                pages.seek(number)
                self.assertEqual(mean_difference(Image.open(inside), pages), 0)
        self.assert_words_are_in_their_boxes(pdf, document)

    def test_pages_that_were_not_read_stay(self):
        pdf, _ = self.made(THREE_PAGES, "--pages", "2")
        self.assertEqual([bool(words) for _, _, words in pages_of(pdf)], [False, True, False])
        self.assert_looks_the_same(THREE_PAGES, pdf)

    def test_text_that_is_there_is_not_written_twice(self):
        first, _ = self.made(THREE_PAGES)
        again = self.path("again.pdf")
        again.write_bytes(first.read_bytes())
        second, _ = self.made(again)
        self.assertEqual(tool("pdftotext", first, "-"), tool("pdftotext", second, "-"))

    def test_an_encrypted_file_stays_encrypted(self):
        source = self.path("locked.pdf")
        tool("qpdf", "--encrypt", "secret", "owner", "256", "--", THREE_PAGES, source)
        self.emend(source, "--password", "secret", "--format", "pdf", "-o", "open.pdf", code=(OK, NOTICES))
        self.assertNotEqual(subprocess.run(["pdftotext", self.path("open.pdf"), "-"], capture_output=True,
                                           check=False).returncode, 0)
        self.assertIn(b"Harbour", tool("pdftotext", "-upw", "secret", self.path("open.pdf"), "-"))

    def test_standard_input_and_standard_output(self):
        done = subprocess.run([*self.command("-", "--format", "pdf")], cwd=self.folder, env=self.environment,
                              input=INVOICE.read_bytes(), capture_output=True, check=True)
        pdf = self.write("piped.pdf", done.stdout)
        tool("qpdf", "--check", pdf)
        self.emend(INVOICE, THREE_PAGES, "--format", "pdf", code=BAD_USE)

    def test_the_same_bytes_twice(self):
        for source in (THREE_PAGES, INVOICE):
            first = self.made(source, "--jobs", "1")[0].read_bytes()
            self.assertEqual(first, self.made(source, "--jobs", "3")[0].read_bytes())


if __name__ == "__main__":
    main()
