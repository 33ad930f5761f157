# SPDX-License-Identifier: Apache-2.0
"""Pages of PDF files in all their kinds: how images are packed, at which resolution, turned, in pieces, damaged."""

import io
import struct
import subprocess

from emend_command import BAD_USE, NOTICES, OK, UNREADABLE, EmendTest, main
from pdf_files import LETTER, Pdf, placed, scan, text_operators
from PIL import Image


def encoded(picture, kind, **options):
    data = io.BytesIO()
    picture.save(data, kind, **options)
    return data.getvalue()


def fax(picture):
    """The data of CCITT group 4 out of a TIFF of one strip."""
    data = encoded(picture.convert("1"), "TIFF", compression="group4", strip_size=1 << 30)
    image = Image.open(io.BytesIO(data))
    (offset,), (count,) = image.tag_v2[273], image.tag_v2[279]
    return data[offset:offset + count]


def jbig2(picture):
    """A JBIG2 stream as PDF embeds it (ITU-T T.88): what the page is, and one generic region, whose coding may be that
    of a fax."""
    def segment(number, kind, data):
        return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data

    page = struct.pack(">IIIIBH", picture.width, picture.height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", picture.width, picture.height, 0, 0, 0, 1) + fax(picture)
    return segment(0, 48, page) + segment(1, 38, region)


class PdfPages(EmendTest):
    def page(self, pdf, *options, code=OK):
        return self.document(self.write("a.pdf", pdf if isinstance(pdf, bytes) else pdf.bytes()), *options,
                             code=code)["pages"][0]

    def assert_is_the_letter(self, page):
        words = " ".join(word["readings"][0]["text"] for line in page["lines"] for word in line["words"])
        for part in ("two chairs and one table", "1,234.50 eur", "people of the store"):
            self.assertIn(part, words.lower())

    def test_every_packing_of_an_image(self):
        grey, colour = scan(LETTER, 150), scan(LETTER, 150, mode="RGB")
        size = f"/DecodeParms << /K -1 /Columns {grey.width} /Rows {grey.height} >>"
        cases = {
            "flate": lambda pdf: pdf.image(colour),
            "jpeg": lambda pdf: pdf.image(colour, "/DCTDecode", encoded(colour, "JPEG")),
            "cmyk": lambda pdf: pdf.image(colour.convert("CMYK")),
            "cmyk jpeg": lambda pdf: pdf.image(colour.convert("CMYK"), "/DCTDecode /Decode [1 0 1 0 1 0 1 0]",
                                               encoded(colour.convert("CMYK"), "JPEG")),
            "jpeg 2000": lambda pdf: pdf.image(colour, "/JPXDecode", encoded(colour, "JPEG2000")),
            "ccitt": lambda pdf: pdf.image(grey, f"/CCITTFaxDecode {size}", fax(grey), bits=1),
            "jbig2": lambda pdf: pdf.image(grey, "/JBIG2Decode", jbig2(grey), bits=1),
        }
        for name, make in cases.items():
            with self.subTest(name):
                pdf = Pdf()
                self.assert_is_the_letter(self.page(pdf.page(placed("Im"), {"Im": make(pdf)})))

    def test_a_page_in_strips(self):
        picture = scan(LETTER, 150)
        pdf, objects, contents = Pdf(), {}, ""
        for number, top in enumerate(range(0, picture.height, 300)):
            strip = picture.crop((0, top, picture.width, min(top + 300, picture.height)))
            objects[f"S{number}"] = pdf.image(strip)
            height = strip.height * 842 / picture.height
            contents += placed(f"S{number}", (595, height), (0, 842 - top * 842 / picture.height - height))
        self.assert_is_the_letter(self.page(pdf.page(contents, objects)))

    def test_turned_pages(self):
        for turn in (90, 180, 270):
            with self.subTest(turn):
                pdf = Pdf()
                picture = pdf.image(scan(LETTER, 150).rotate(turn, expand=True))
                size = (595, 842) if turn == 180 else (842, 595)
                page = self.page(pdf.page(placed("Im", size), {"Im": picture}, size, more=f"/Rotate {turn}"))
                self.assert_is_the_letter(page)
                self.assertEqual((page["rotation"], page["width"] < page["height"]), (0, True))

    def test_the_resolution_is_that_of_the_scan(self):
        def dpi_of(dpi, size=(595, 842), at=(0, 0), *options):
            pdf = Pdf()
            return self.page(pdf.page(placed("Im", size, at), {"Im": pdf.image(scan(LETTER[:1], dpi))}), *options)["dpi"]

        self.assertEqual(dpi_of(400), 400)
        self.assertEqual(dpi_of(200), 200)
        self.assertEqual(dpi_of(150), 300)  # enlarged, which is read better
        self.assertEqual(dpi_of(500), 400)
        self.assertEqual(dpi_of(400, (297, 421)), 300)  # a picture on a page
        self.assertEqual(dpi_of(400, (595, 842), (0, 0), "--dpi", "200"), 200)
        self.assertEqual(self.page(Pdf().page(text_operators(LETTER)))["dpi"], 300)
        self.assertIn("must be auto or between 50 and 2400", self.emend("a.pdf", "--dpi", "7", code=BAD_USE).stderr)

    def test_an_area(self):
        pdf = Pdf().page(text_operators(LETTER))
        for options in (["--pdf-text", "redo"], []):
            page = self.page(pdf, "--area", "0%,0%,100%,11.5%", *options)
            self.assertEqual(len(page["lines"]), 1, page)
            self.assertLess(page["lines"][0]["box"][1], 0.115 * page["height"])
            x, y, width, height = page["lines"][0]["box"]
            again = self.page(pdf, "--area", f"{x - 9},{y - 9},{width + 18},{height + 18}", *options)
            self.assertEqual([len(line["words"]) for line in again["lines"]], [len(page["lines"][0]["words"])])
        self.assertIn("not on the page", self.emend("a.pdf", "--area", "9000,0,10,10", code=BAD_USE).stderr)
        self.assertIn("is no area", self.emend("a.pdf", "--area", "1,2,3", code=BAD_USE).stderr)

    def test_characters(self):
        pdf = Pdf()
        pdf.page(placed("Im"), {"Im": pdf.image(scan(["Total 1,234.50 EUR", "Order 4711 of March 7"]))})
        words = "".join(word["readings"][0]["text"] for line in
                        self.page(pdf, "--allow-characters", "0123456789.,", "--model", "none", code=(OK, NOTICES))["lines"]
                        for word in line["words"])
        self.assertTrue(set(words) <= set("0123456789.,") and "1,234.50" in words, words)
        page = self.page(pdf, "--deny-characters", "4", "--model", "none", code=(OK, NOTICES))
        self.assertNotIn("4", "".join(word["readings"][0]["text"] for line in page["lines"] for word in line["words"]))
        again = self.page(pdf, "--model", "none")
        self.assertIn("4711", [word["readings"][0]["text"] for line in again["lines"] for word in line["words"]])

    def test_damage_is_repaired_with_a_notice(self):
        whole = Pdf().page(text_operators(LETTER)).bytes()
        start = whole.rindex(b"startxref")
        for name, data in {"no index": whole[:start], "a wrong index": whole.replace(b"startxref\n", b"startxref\n9"),
                           "a moved object": whole.replace(b"4 0 obj", b"% a line\n4 0 obj")}.items():
            with self.subTest(name):
                page = self.page(data, code=NOTICES)
                self.assert_is_the_letter(page)
                self.assertEqual([notice["code"] for notice in page["notices"]], ["input_repaired"])

    def cut_off(self, pdf, after):
        """The file up to the first `after`, which it loses."""
        data = pdf.bytes()
        return data[:data.index(after)]

    def test_a_file_that_is_cut_off_gives_the_pages_that_are_left(self):
        pdf = Pdf()
        for number in (1, 2, 3):
            pdf.page(text_operators([f"Page {number} of them", *LETTER]))
        third = b"%d 0 obj" % pdf.pages[2]
        path = self.write("cut.pdf", self.cut_off(pdf, third))
        done = self.emend(path, "--format", "txt,pdf", "-o", "out.{ext}", code=NOTICES)
        self.assertIn("page 3", done.stderr)
        self.assertIn("damaged", done.stderr)
        text = self.path("out.txt").read_text()
        self.assertIn("Page 1 of them", text)
        self.assertIn("Page 2 of them", text)
        seen = subprocess.run(["pdftotext", self.path("out.pdf"), "-"], capture_output=True, check=True).stdout
        self.assertIn(b"Page 2 of them", seen)

    def test_a_file_that_has_lost_its_tree_of_pages_too(self):
        pdf = Pdf()
        pdf.page(placed("Im"), {"Im": pdf.image(scan(LETTER))})
        data = pdf.bytes()
        data = data[data.index(b"3 0 obj"):data.index(b"xref\n0")]
        page = self.page(b"%PDF-1.5\n" + data, code=NOTICES)
        self.assert_is_the_letter(page)
        self.assertEqual([notice["code"] for notice in page["notices"]], ["input_repaired"])

    def test_what_is_cut_off_and_cannot_be_put_together_is_refused(self):
        plain = self.write("plain.pdf", Pdf().page(text_operators(LETTER)).bytes())
        subprocess.run(["qpdf", "--encrypt", "sesame", "owner", "256", "--", plain, self.path("locked.pdf")], check=True)
        whole = self.path("locked.pdf").read_bytes()
        for data in (whole[:whole.rindex(b"trailer")], b"%PDF-1.5\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"):
            self.write("cut.pdf", data)
            self.assertIn("no page can be found", self.emend("cut.pdf", code=UNREADABLE).stderr)

    def test_passwords(self):
        plain = self.write("plain.pdf", Pdf().page(text_operators(LETTER)).bytes())
        subprocess.run(["qpdf", "--encrypt", "sesame open", "owner", "256", "--", plain, self.path("locked.pdf")], check=True)
        self.write("password", b"sesame open\r\nand more\n")
        self.assert_is_the_letter(self.document("locked.pdf", "--password-file", "password")["pages"][0])
        self.emend("locked.pdf", code=UNREADABLE)
        self.emend("locked.pdf", "--password-file", "nowhere", code=BAD_USE)
        self.emend("locked.pdf", "--password-file", "password", "--password", "x", code=BAD_USE)

    def test_ranges_of_pages_over_many_inputs(self):
        for name, count in (("one.pdf", 1), ("three.pdf", 3)):
            pdf = Pdf()
            for number in range(count):
                pdf.page(text_operators([f"Page {number + 1} of {name}"]))
            self.write(name, pdf.bytes())
        text = self.emend("one.pdf", "three.pdf", "--pages", "1,3").stdout
        self.assertEqual(text.split("\f")[0].strip(), "Page 1 of one.pdf")
        self.assertIn("Page 3 of three.pdf", text)
        self.assertIn("page 2 is asked for", self.emend("one.pdf", "three.pdf", "--pages", "2", code=BAD_USE).stderr)
        self.emend("one.pdf", "--pages", "1-2", code=BAD_USE)


if __name__ == "__main__":
    main()
