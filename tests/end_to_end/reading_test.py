# SPDX-License-Identifier: Apache-2.0
"""Every way in: kinds of files, standard input, many pages, a choice of pages; and the ways out."""

import json

from PIL import Image

from emend_command import (EXAMPLES, INVOICE, NOTICES, OK, SOURCE, THREE_PAGES, TWO_PAGES, EmendTest, main)

FIRST_LINES = ["Northgate", "Silver", "Harbour"]


def words(text):
    return set(text.replace("\f", " ").split())


class Reading(EmendTest):
    def good_text(self):
        return self.emend(INVOICE).stdout

    def assert_reads_like_the_invoice(self, text, share=0.85):
        expected = words(INVOICE.with_suffix(".txt").read_text(encoding="utf-8"))
        found = len(expected & words(text)) / len(expected)
        self.assertGreater(found, share, text)

    def test_every_image_format(self):
        page = Image.open(INVOICE).convert("L")
        for name in ("page.png", "page.tif", "page.bmp", "page.gif", "page.webp", "page.pgm", "page.jp2",
                     "page.jpg"):
            with self.subTest(name):
                lossless = {"lossless": True} if name.endswith("webp") else {}
                page.save(self.path(name), dpi=(170, 170), **lossless)
                self.assert_reads_like_the_invoice(self.emend(name, code=(OK, NOTICES)).stdout, 0.8)

    def test_colour_palette_and_transparency(self):
        page = Image.open(INVOICE).convert("L")
        see_through = Image.new("RGBA", page.size, (0, 0, 0, 0))
        see_through.putalpha(page.point(lambda value: 255 - value))
        for name, image in (("rgb.png", page.convert("RGB")), ("palette.png", page.convert("P")),
                            ("alpha.png", see_through), ("deep.png", page.convert("I").point(lambda value: value * 257))):
            with self.subTest(name):
                image.save(self.path(name), dpi=(170, 170))
                self.assert_reads_like_the_invoice(self.emend(name, code=(OK, NOTICES)).stdout, 0.8)

    def test_the_name_does_not_decide_the_format(self):
        self.write("page.jpg", INVOICE.read_bytes())
        self.assertEqual(self.emend("page.jpg").stdout, self.good_text())

    def test_standard_input(self):
        piped = self.emend("-", stdin=INVOICE.read_bytes()).stdout
        self.assertEqual(piped, self.good_text())

    def test_a_pdf_on_standard_input(self):
        piped = self.emend("-", stdin=THREE_PAGES.read_bytes(), code=(OK, NOTICES)).stdout
        self.assertEqual(piped, self.emend(THREE_PAGES, code=(OK, NOTICES)).stdout)

    def test_nothing_on_standard_input(self):
        self.emend("-", stdin=b"", code=5)

    def test_orientation_of_a_photo_is_honoured(self):
        page = Image.open(INVOICE).convert("L")
        exif = Image.Exif()
        exif[0x0112] = 6  # turn by 90 degrees clockwise to see it upright
        page.transpose(Image.ROTATE_90).save(self.path("photo.jpg"), quality=90, dpi=(170, 170), exif=exif)
        self.assert_reads_like_the_invoice(self.emend("photo.jpg", code=(OK, NOTICES)).stdout)

    def test_pages_on_their_side_are_turned_upright(self):
        page = Image.open(INVOICE).convert("L")
        for turn in (Image.ROTATE_90, Image.ROTATE_180, Image.ROTATE_270):
            with self.subTest(turn):
                page.transpose(turn).save(self.path("turned.png"), dpi=(170, 170))
                self.assert_reads_like_the_invoice(self.emend("turned.png", code=(OK, NOTICES)).stdout)

    def test_an_odd_name_is_no_trouble(self):
        for name in ("two words.png", "größe.png", "--pages.png", "new\nline.png"):
            with self.subTest(name):
                self.write(name, INVOICE.read_bytes())
                self.assertEqual(self.emend("--", name).stdout, self.good_text())


class ManyPages(EmendTest):
    def pages(self, path, *options):
        return self.emend(path, *options, code=(OK, NOTICES)).stdout.split("\f")

    def check_pages(self, path, count):
        truths = path.with_suffix(".txt").read_text(encoding="utf-8").split("\f")
        found = [page for page in self.pages(path) if page.strip()]
        self.assertEqual(len(found), count)
        for truth, page in zip(truths, found):
            self.assertGreater(len(words(truth) & words(page)) / len(words(truth)), 0.75)

    def test_a_pdf_has_its_pages_in_order(self):
        self.check_pages(THREE_PAGES, 3)

    def test_a_tiff_has_its_pages_in_order(self):
        self.check_pages(TWO_PAGES, 2)

    def test_chosen_pages_keep_their_numbers(self):
        document = self.document(THREE_PAGES, "--pages", "1,3", code=(OK, NOTICES))
        self.assertEqual([page["number"] for page in document["pages"]], [1, 3])
        document = self.document(TWO_PAGES, "--pages", "2-", code=(OK, NOTICES))
        self.assertEqual([page["number"] for page in document["pages"]], [2])

    def test_a_chosen_page_reads_as_it_does_among_the_others_without_a_model(self):
        whole = self.document(THREE_PAGES, "--model", "none", code=(OK, NOTICES))
        alone = self.document(THREE_PAGES, "--model", "none", "--pages", "2", code=(OK, NOTICES))
        self.assertEqual(alone["pages"][0], whole["pages"][1])

    def test_pages_are_parted_by_a_form_feed(self):
        text = self.emend(THREE_PAGES, code=(OK, NOTICES)).stdout
        self.assertEqual(text.rstrip("\f\n").count("\f"), 2)


class WaysOut(EmendTest):
    def test_the_json_form_is_that_of_the_schema(self):
        import jsonschema
        schema = json.loads((SOURCE / "docs" / "document.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        for path in (INVOICE, THREE_PAGES, TWO_PAGES):
            jsonschema.validate(self.document(path, code=(OK, NOTICES)), schema)
        broken = self.document(INVOICE)
        del broken["pages"][0]["lines"]
        with self.assertRaises(jsonschema.ValidationError):
            jsonschema.validate(broken, schema)

    def test_undoing_the_edits_gives_the_recognised_text(self):
        for path in (INVOICE, THREE_PAGES):
            raw = self.document(path, "--model", "none", code=(OK, NOTICES))
            document = self.document(path, code=(OK, NOTICES))
            for page, recognised in zip(document["pages"], raw["pages"], strict=True):
                for edit in page["edits"]:
                    if edit["verdict"] != "applied":
                        continue
                    first, count = edit["words"]
                    line = page["lines"][edit["line"]]["words"]
                    self.assertEqual(" ".join(w["readings"][0]["text"] for w in line[first:first + count]),
                                     edit["after"])
                    self.assertEqual(" ".join(w["readings"][1]["text"] for w in line[first:first + count]),
                                     edit["before"])
                for line, raw_line in zip(page["lines"], recognised["lines"], strict=True):
                    self.assertEqual([w["readings"][-1]["text"] for w in line["words"]],
                                     [w["readings"][0]["text"] for w in raw_line["words"]])

    def test_output_to_a_file_is_what_goes_to_standard_output(self):
        text = self.emend(INVOICE).stdout
        done = self.emend(INVOICE, "-o", self.path("out.txt"))
        self.assertEqual(done.stdout, "")
        self.assertEqual(self.path("out.txt").read_text(encoding="utf-8"), text)

    def test_only_the_text_is_on_standard_output(self):
        done = self.emend(INVOICE, "--show", "diff")
        self.assertEqual(self.emend(INVOICE).stderr, "")
        self.assertNotEqual(done.stdout + done.stderr, "")

    def test_steps_are_kept_on_demand(self):
        self.emend(THREE_PAGES, "--keep-steps", self.path("steps"), code=(OK, NOTICES))
        names = {path.name for path in self.path("steps").rglob("*") if path.is_file()}
        for number in (1, 2, 3):
            self.assertIn(f"{number:06d}_recognised.json", names)

    def test_help_and_version(self):
        self.assertIn("--pages", self.emend("--help").stdout)
        self.assertRegex(self.emend("--version").stdout, r"\d+\.\d+\.\d+")
        self.assertIn("eng", self.emend("doctor").stdout)

    def test_examples_are_small(self):
        self.assertLess(INVOICE.stat().st_size, 300_000)
        for path in EXAMPLES.iterdir():
            if path.is_file():
                self.assertLess(path.stat().st_size, 500_000, path)


class PlainText(EmendTest):
    def correct(self, text, *options, code=OK):
        return self.emend("correct", *options, stdin=text.encode(), code=code).stdout

    def test_the_example_of_the_readme(self):
        self.assertEqual(self.correct("Invoic # 12345 \n Total: $1O0.00\n Date: 2023-07-15"),
                         "Invoice # 12345\nTotal: $100.00\nDate: 2023-07-15")

    def test_clean_text_stays_as_it_is(self):
        for name in ("invoice", "three_pages", "two_pages"):
            text = (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8")
            self.assertEqual(self.correct(text), text)

    def test_text_that_is_not_utf8_is_refused(self):
        self.emend("correct", stdin=b"Total \xff\xfe", code=5)

    def test_nothing_gives_nothing(self):
        self.assertEqual(self.correct(""), "")


if __name__ == "__main__":
    main()
