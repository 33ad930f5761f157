# SPDX-License-Identifier: Apache-2.0
"""PDF pages that have text already: kept where it is good, read anew where it is not, and never written twice."""

import json
import re
import subprocess

from emend_command import EXAMPLES, NOTICES, OK, EmendTest, main, skip_without
from pdf_files import LETTER, Pdf, placed, scan, scanned_page, text_operators

# What a font without a table of its characters leaves: every glyph by a number that says nothing.
SHIFTED = ["".join(chr(ord(c) - 29) if c != " " else " " for c in line) for line in LETTER]
NOISE = ["T#e q~ick br0wn |ox jVmps", "xK7 zzTq wWqp #~^ lIl|1 rrNm", "qPzX ttRw kkLm bVcX zzQw pLkj",
         "ZxCv bNmQ wErT yUiO pAsD fGhJ", "qQqW eErR tTyY uUiI oOpP aAsS", "zZxX cCvV bBnN mMqQ wWeE"]


def words_of(page):
    return [word["readings"][0]["text"] for line in page["lines"] for word in line["words"]]


class PdfText(EmendTest):
    def page(self, pdf, *options, code=OK):
        return self.document(self.write("a.pdf", pdf.bytes()), *options, code=code)["pages"][0]

    def test_born_digital_text_is_kept_letter_for_letter(self):
        # A recogniser would not get these right, and correction would want to.
        lines = LETTER + ["Teh qiuck lnvo1ce of 0O1l and rn, Total 1OO.00", "IBAN DE02120300000000202051 x-Ref ll1I"]
        page = self.page(Pdf().page(text_operators(lines)))
        self.assertEqual(page["text_source"], "pdf")
        self.assertEqual(words_of(page), " ".join(lines).split())
        self.assertEqual((page["edits"], page["notices"], page["segmentation"]), ([], [], ""))
        lights = {word["light"] for line in page["lines"] for word in line["words"] if "light" in word}
        self.assertEqual(lights, {"green"})

    def test_boxes_are_where_the_words_are_seen(self):
        for turn in (0, 90, 180, 270):
            with self.subTest(turn):
                pdf = Pdf().page(text_operators(LETTER), more=f"/Rotate {turn}")
                kept = self.page(pdf)
                self.assertEqual((kept["text_source"], kept["rotation"]), ("pdf", (360 - turn) % 360))
                read = self.page(pdf, "--pdf-text", "redo")
                self.assertEqual(read["text_source"], "recognised")
                self.assertEqual([kept[k] for k in ("width", "height", "dpi", "rotation")],
                                 [read[k] for k in ("width", "height", "dpi", "rotation")])
                every = words_of(kept)
                ours = {word["readings"][0]["text"]: word["box"] for line in kept["lines"] for word in line["words"]
                        if every.count(word["readings"][0]["text"]) == 1}
                for line in read["lines"]:
                    for word in line["words"]:
                        if word["readings"][0]["text"] not in ours:
                            continue
                        x, y, w, h = word["box"]
                        left, top, width, height = ours[word["readings"][0]["text"]]
                        self.assertTrue(left - 8 <= x and x + w <= left + width + 8 and top - 12 <= y
                                        and y + h <= top + height + 12, (word, ours))

    def test_a_good_layer_under_a_scan_is_kept(self):
        layer = ["Kept " + line for line in LETTER]  # not quite what is printed, to tell the two apart
        page = self.page(scanned_page(Pdf(), LETTER, layer))
        self.assertEqual(page["text_source"], "pdf")
        self.assertEqual(words_of(page), " ".join(layer).split())
        confidences = {word["readings"][0]["confidence"] for line in page["lines"] for word in line["words"]}
        self.assertEqual(confidences, {0.9})

    def test_a_bad_layer_is_read_anew(self):
        for name, layer in {"shifted": SHIFTED, "noise": NOISE, "partial": LETTER[:1],
                            "unmapped": ["\x01\x02\x03 \x04\x05\x06\x07"] * 6}.items():
            with self.subTest(name):
                page = self.page(scanned_page(Pdf(), LETTER * 3, layer))
                self.assertEqual(page["text_source"], "recognised")
                self.assertIn("chairs", words_of(page))

    def test_text_without_meaning_is_read_from_the_picture(self):
        # Drawn as a reader sees it, but what can be copied from it is noise.
        pdf = Pdf()
        unicode = "".join(f"<{code:02x}> <{code:02x}> <{0xE000 + code:04x}>\n" for code in range(32, 127))
        table = pdf.stream("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def "
                           f"1 begincodespacerange <00> <ff> endcodespacerange 95 beginbfrange {unicode} endbfrange "
                           "endcmap end end")
        font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding "
                       f"/ToUnicode {table} 0 R >>")
        page = self.page(pdf.page(text_operators(LETTER), fonts=f"/F {font} 0 R"))
        self.assertEqual(page["text_source"], "recognised")
        self.assertIn("chairs", words_of(page))

    def test_the_caller_has_the_last_word(self):
        bad = scanned_page(Pdf(), LETTER, NOISE)
        self.assertEqual(words_of(self.page(bad, "--pdf-text", "keep")), " ".join(NOISE).split())
        good = scanned_page(Pdf(), LETTER, ["Kept " + line for line in LETTER])
        page = self.page(good, "--pdf-text", "redo")
        self.assertEqual(page["text_source"], "recognised")
        self.assertNotIn("Kept", words_of(page))
        without = scanned_page(Pdf(), LETTER)
        self.assertEqual(self.page(without, "--pdf-text", "keep")["text_source"], "recognised")
        self.assertIn("pdf_text must be auto, keep or redo", self.emend("a.pdf", "--pdf-text", "maybe", code=2).stderr)

    def test_each_page_is_decided_for_itself(self):
        pdf = Pdf().page(text_operators(LETTER))
        scanned_page(pdf, LETTER)
        scanned_page(pdf, LETTER, NOISE)
        pdf.page(text_operators(LETTER))
        document = self.document(self.write("a.pdf", pdf.bytes()))
        self.assertEqual([page["text_source"] for page in document["pages"]],
                         ["pdf", "recognised", "recognised", "pdf"])
        self.assertIn("pdf_text=redo", self.document("a.pdf", "--pdf-text", "redo")["provenance"]["options"])

    def test_amounts_stand_in_the_rows_of_their_labels(self):
        labels, amounts = ["Sum without tax", "Tax of 19 per cent", "Amount to be paid"], ["1.420,00", "269,80", "1.689,80"]
        page = self.page(Pdf().page(text_operators(LETTER) + text_operators(labels, top=500, size=10)
                                    + text_operators(amounts, top=500, size=10, left=400)))
        lines = [" ".join(word["readings"][0]["text"] for word in line["words"]) for line in page["lines"]]
        self.assertEqual(lines, LETTER + [f"{label} {amount}" for label, amount in zip(labels, amounts)])

    def test_a_stamp_on_a_scan_is_no_reason_to_keep(self):
        pdf = Pdf()
        picture = pdf.image(scan(LETTER * 3))
        pdf.page(placed("Im") + text_operators(["Received 12 March 2026"], top=820, size=8), {"Im": picture})
        page = self.page(pdf)
        self.assertEqual(page["text_source"], "recognised")
        self.assertIn("chairs", words_of(page))


@skip_without("qpdf")
@skip_without("pdftotext")
class Searchable(EmendTest):
    def searchable(self, pdf, *options):
        """The words of the searchable PDF, as poppler finds them."""
        source = self.write("a.pdf", pdf.bytes())
        self.emend(source, "--format", "pdf", "-o", "made.pdf", *options, code=(OK, NOTICES))
        made = self.path("made.pdf")
        subprocess.run(["qpdf", "--check", made], check=True, capture_output=True)
        for name, path in (("before", source), ("after", made)):
            subprocess.run(["pdftoppm", "-r", "60", path, self.path(name)], check=True, capture_output=True)
        for before in sorted(self.folder.glob("before-*.ppm")):
            after = before.with_name(before.name.replace("before", "after"))
            self.assertEqual(before.read_bytes(), after.read_bytes(), before.name)
        return subprocess.run(["pdftotext", "-raw", made, "-"], check=True, capture_output=True).stdout.decode().split()

    def test_kept_text_is_not_doubled(self):
        self.assertEqual(self.searchable(Pdf().page(text_operators(LETTER))), " ".join(LETTER).split())
        layer = ["Kept " + line for line in LETTER]
        self.assertEqual(self.searchable(scanned_page(Pdf(), LETTER, layer)), " ".join(layer).split())

    def test_a_layer_that_was_read_anew_is_replaced(self):
        words = self.searchable(scanned_page(Pdf(), LETTER, NOISE))
        self.assertIn("chairs", words)
        self.assertEqual(set(words) & set(" ".join(NOISE).split()), set())

    def test_a_layer_in_a_form_is_replaced_on_its_page_alone(self):
        # As OCRmyPDF writes layers; here two pages share one.
        pdf = Pdf()
        picture = pdf.image(scan(LETTER))
        form = pdf.stream(text_operators(NOISE, mode=3),
                          "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >>")
        for _ in range(2):
            pdf.page("/Layer Do\n" + placed("Im"), {"Im": picture, "Layer": form})
        words = self.searchable(pdf, "--pages", "2")
        self.assertEqual(words.count("chairs"), 1)
        self.assertEqual(words.count("jVmps"), 1)  # page 1 was not read

    def test_text_that_is_seen_stays_when_hidden_text_goes(self):
        pdf = Pdf()
        picture = pdf.image(scan(LETTER * 3))
        pdf.page(placed("Im") + text_operators(NOISE, mode=3) + text_operators(["Received 12 March"], top=822, size=8),
                 {"Im": picture})
        words = self.searchable(pdf)
        self.assertEqual(words.count("Received"), 1)
        self.assertEqual(words.count("chairs"), 3)
        self.assertNotIn("jVmps", words)


class Corpus(EmendTest):
    def test_a_page_without_text_is_read(self):
        page = self.document(EXAMPLES / "three_pages.pdf", "--pages", "1")["pages"][0]
        self.assertEqual(page["text_source"], "recognised")

    def test_the_result_does_not_depend_on_the_workers(self):
        pdf = Pdf()
        for _ in range(3):
            pdf.page(text_operators(LETTER))
            scanned_page(pdf, LETTER, NOISE)
        self.write("a.pdf", pdf.bytes())
        results = {json.dumps(self.document("a.pdf", "-j", jobs)) for jobs in (1, 2, 4)}
        self.assertEqual(len(results), 1)
        self.assertTrue(re.search(r'"text_source": "pdf"', results.pop()))


if __name__ == "__main__":
    main()
