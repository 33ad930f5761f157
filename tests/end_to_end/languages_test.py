#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Languages: found out page by page, from the right or without spaces, whole and in order in every place."""

import pathlib
import subprocess

from emend_command import BAD_USE, NOTICES, SOURCE, EmendTest, main

PAGES = SOURCE / "tests" / "fixtures" / "languages"
LANGUAGES = {"english": "eng", "german": "deu", "hebrew": "heb", "arabic": "ara", "chinese": "chi_sim"}
MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2067\u2069"))  # of direction, which pdftotext adds


def truth(name):
    return (PAGES / f"{name}.txt").read_text(encoding="utf-8").split()


class Languages(EmendTest):
    def test_a_named_language_is_read_whole_and_in_order(self):
        for name, language in LANGUAGES.items():
            with self.subTest(name):
                self.assertEqual(self.emend("-l", language, PAGES / f"{name}.png").stdout.split(), truth(name))

    def test_auto_finds_the_language_and_the_text_is_the_same(self):
        for name, language in LANGUAGES.items():
            with self.subTest(name):
                page = self.document("-l", "auto", PAGES / f"{name}.png")["pages"][0]
                self.assertEqual(page["languages"], language)
                found = [word["readings"][0]["text"] for line in page["lines"] for word in line["words"]]
                self.assertEqual(found, truth(name))

    def test_without_evidence_nothing_is_corrected(self):
        for name in ("hebrew", "arabic", "chinese"):
            for language in ("auto", LANGUAGES[name]):
                with self.subTest(name, language=language):
                    page = self.document("-l", language, PAGES / f"{name}.png")["pages"][0]
                    self.assertEqual([edit for edit in page["edits"] if edit["verdict"] == "applied"], [])

    def test_each_page_has_its_own_language(self):
        from PIL import Image
        first, *others = (Image.open(PAGES / f"{name}.png") for name in ("german", "english", "german"))
        first.save(self.path("mixed.tif"), save_all=True, append_images=others, dpi=(300, 300))
        found = self.document("-l", "auto", "mixed.tif")["pages"]
        self.assertEqual([page["languages"] for page in found], ["deu", "eng", "deu"])

    def test_a_searchable_pdf_says_it_too(self):
        for name in LANGUAGES:
            with self.subTest(name):
                self.emend("-l", LANGUAGES[name], "--format", "pdf", "-o", f"{name}.pdf", PAGES / f"{name}.png")
                text = subprocess.run(["pdftotext", "-raw", self.path(f"{name}.pdf"), "-"], capture_output=True, check=True)
                found = text.stdout.decode().translate(MARKS).split()
                self.assertEqual(sorted(found), sorted(truth(name)))

    def test_a_script_without_a_language_is_said(self):
        installed = pathlib.Path("/usr/share/tesseract-ocr/5/tessdata")
        few = self.path("few")
        few.mkdir()
        for name in ("eng.traineddata", "osd.traineddata", "configs", "tessconfigs"):
            (few / name).symlink_to(installed / name)
        self.environment["TESSDATA_PREFIX"] = str(few)
        page = self.document("-l", "auto", PAGES / "hebrew.png", code=NOTICES)
        codes = {notice["code"]: notice["message"] for notice in page["pages"][0]["notices"]}
        self.assertIn("Hebrew", codes["language_missing"])

    def test_auto_stands_alone(self):
        self.assertIn("alone", self.emend("-l", "auto+eng", PAGES / "english.png", code=BAD_USE).stderr)


if __name__ == "__main__":
    main()
