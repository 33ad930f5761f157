# SPDX-License-Identifier: Apache-2.0
"""Round trip: every format holds the text of the JSON form, by the reading of others' libraries."""

import csv
import html.parser
import json
import pathlib
import re
import shutil
import subprocess
import xml.etree.ElementTree
import zipfile

from emend_command import BAD_USE, INVOICE, NOTICES, OK, SOURCE, THREE_PAGES, EmendTest, main, skip_without
from PIL import Image

ALL = ("txt", "json", "tsv", "hocr", "alto", "md", "html", "docx", "xlsx", "pdf")
ENDINGS = {"alto": "xml"}
XHTML = "{http://www.w3.org/1999/xhtml}"
ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def xml_words(text, tag, value):
    return " ".join(value(node) for node in xml.etree.ElementTree.fromstring(text).iter(tag)).split()


class BodyText(html.parser.HTMLParser):
    """The text in <div class="text">."""

    def __init__(self):
        super().__init__()
        self.depth = 0
        self.text = ""

    def handle_starttag(self, tag, attributes):
        if tag in ("div", "br", "td", "p", "tr"):
            self.text += " "
        if tag == "div" and (self.depth or ("class", "text") in attributes):
            self.depth += 1

    def handle_endtag(self, tag):
        if tag == "div" and self.depth:
            self.depth -= 1

    def handle_data(self, data):
        self.text += data if self.depth else ""


def words_of_html(path):
    parser = BodyText()
    parser.feed(path.read_text())
    return parser.text.split()


def words_of_markdown(path):
    text = re.sub(r"<!--.*?-->", "", path.read_text(), flags=re.DOTALL)
    lines = [line for line in text.splitlines() if line != "---" and not re.fullmatch(r"\|( --- \|)+", line)]
    text = re.sub(r"(?<!\\)\|", " ", "\n".join(lines))
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text).split()


def words_of_docx(path):
    with zipfile.ZipFile(path) as archive:
        root = xml.etree.ElementTree.fromstring(archive.read("word/document.xml"))
    text = ""
    for node in root.iter():
        text += node.text or "" if node.tag == WORD + "t" else " " if node.tag in (WORD + "p", WORD + "br") else ""
    return text.split()


def cells_of_xlsx(path):
    """The shown text of every cell, in order."""
    with zipfile.ZipFile(path) as archive:
        def parsed(name):
            return xml.etree.ElementTree.fromstring(archive.read(name))
        strings = ["".join(t.text or "" for t in si.iter(SHEET + "t")) for si in parsed("xl/sharedStrings.xml")]
        styles = parsed("xl/styles.xml")
        codes = {"1": "0", "2": "0.00", **{f.get("numFmtId"): f.get("formatCode") for f in styles.iter(SHEET + "numFmt")}}
        formats = [codes.get(xf.get("numFmtId")) for xf in styles.find(SHEET + "cellXfs")]
        sheets = sorted((name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")),
                        key=lambda name: int(re.search(r"\d+", name).group()))
        for sheet in sheets:
            for cell in parsed(sheet).iter(SHEET + "c"):
                value = cell.find(SHEET + "v").text
                if cell.get("t") == "s":
                    yield strings[int(value)]
                else:
                    code = formats[int(cell.get("s", "0"))]
                    yield f"{float(value):.{len(code.partition('.')[2])}f}"


def words_of_tsv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["level"] == "5"]


READERS = {
    "txt": lambda path: path.read_text().split(),
    "tsv": words_of_tsv,
    "hocr": lambda path: [span.text for span in xml.etree.ElementTree.parse(path).iter(XHTML + "span")
                          if span.get("class") == "ocrx_word"],
    "alto": lambda path: [node.get("CONTENT") for node in xml.etree.ElementTree.parse(path).iter(ALTO + "String")],
    "md": words_of_markdown,
    "html": words_of_html,
    "docx": words_of_docx,
    "xlsx": lambda path: " ".join(cells_of_xlsx(path)).split(),
    "pdf": lambda path: subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True,
                                       check=True).stdout.decode().split(),
}


class Formats(EmendTest):
    FINE = (OK, NOTICES)

    def made(self, source, *options, folder="made"):
        """The path of each format of `source`."""
        self.emend(source, *options, "--format", ",".join(ALL), "-o", folder + "/{stem}.{ext}", code=(OK, NOTICES))
        return {kind: self.path(folder) / (source.stem + "." + ENDINGS.get(kind, kind)) for kind in ALL}

    def json_words(self, path):
        document = json.loads(path.read_text())
        return [part for page in document["pages"] for line in page["lines"]
                if not line.get("is_noise") for word in line["words"]
                for part in word["readings"][0]["text"].split()]

    @skip_without("pdftotext")
    def test_every_format_holds_the_text_of_the_json_form(self):
        for source in (THREE_PAGES, INVOICE):
            files = self.made(source)
            wanted = self.json_words(files["json"])
            self.assertGreater(len(wanted), 100)
            for kind, words_of in READERS.items():
                with self.subTest(f"{kind} of {source.name}"):
                    self.assertEqual(words_of(files[kind]), wanted)

    def test_text_has_form_feeds_between_pages_and_its_layout_holds_every_word(self):
        plain = self.emend(THREE_PAGES, code=(OK, NOTICES)).stdout
        laid_out = self.emend(THREE_PAGES, "--layout", code=(OK, NOTICES)).stdout
        self.assertEqual(plain.count("\f"), 2)
        self.assertEqual([sorted(page.split()) for page in laid_out.split("\f")],
                         [sorted(page.split()) for page in plain.split("\f")])

    def test_the_same_bytes_whatever_the_number_of_workers(self):
        one = self.made(THREE_PAGES, "--jobs", "1")
        three = self.made(THREE_PAGES, "--jobs", "3", folder="again")
        for kind in ALL:
            self.assertEqual(one[kind].read_bytes(), three[kind].read_bytes(), kind)

    @skip_without("xmllint")
    def test_alto_is_valid(self):
        schema = SOURCE / "tests" / "fixtures" / "alto" / "emend_profile.xsd"
        for source in (THREE_PAGES, INVOICE, self.blank_page()):
            alto = self.made(source, "--model", "embedded")["alto"]
            done = self.checked(alto, schema)
            self.assertEqual(done.returncode, 0, done.stderr.decode()[:2000])
        # And the schema can fail.
        alto.write_text(alto.read_text().replace("PHYSICAL_IMG_NR", "NUMBER"))
        self.assertNotEqual(self.checked(alto, schema).returncode, 0)

    def checked(self, alto, schema):
        return subprocess.run(["xmllint", "--noout", "--nonet", "--schema", schema, alto], capture_output=True, check=False)

    def blank_page(self):
        Image.new("L", (400, 300), 255).save(self.path("blank.png"))
        return self.path("blank.png")

    def test_text_and_tsv_have_a_file_beside_them_that_says_where_they_came_from(self):
        self.emend(INVOICE, "--format", "txt", "-o", "a.txt", "--margin", "5", code=self.FINE)
        self.emend(INVOICE, "--format", "tsv", "-o", "{stem}.tsv", code=self.FINE)
        self.emend(INVOICE, "--format", "json", "-o", "a.json", "--margin", "5", code=self.FINE)
        told = json.loads(self.path("a.txt.provenance.json").read_text())
        document = json.loads(self.path("a.json").read_text())
        self.assertEqual(told["provenance"], document["provenance"])
        self.assertEqual(told["source"], document["source"])
        self.assertEqual(told["notices"], [notice for page in document["pages"] for notice in page["notices"]])
        self.assertTrue(self.path("invoice.tsv.provenance.json").exists())
        self.assertFalse(self.path("a.json.provenance.json").exists())

    def test_that_file_is_left_out_where_it_is_not_wanted_or_another_result_tells_it(self):
        self.emend(INVOICE, "--no-provenance", "-o", "a.txt", code=self.FINE)
        self.emend(INVOICE, "--format", "txt,hocr", "-o", "b.{ext}", code=self.FINE)
        self.emend(INVOICE, "-o", "/dev/null", code=self.FINE)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir() if path.is_file()), ["a.txt", "b.hocr", "b.txt"])
        self.assertFalse(pathlib.Path("/dev/null.provenance.json").exists())

    def test_that_file_is_no_way_to_write_over_an_input(self):
        shutil.copy(INVOICE, self.path("a.txt.provenance.json"))
        self.assertIn("one of the inputs", self.emend("a.txt.provenance.json", "-o", "a.txt", code=BAD_USE).stderr)
        self.assertEqual(self.path("a.txt.provenance.json").read_bytes(), INVOICE.read_bytes())

    def test_every_format_with_a_place_for_it_says_where_it_came_from(self):
        files = self.made(INVOICE, "--margin", "5")
        facts = json.loads(files["json"].read_text())["provenance"]
        self.assertEqual(facts["options"], "margin=5.0")
        told = {kind: files[kind].read_bytes() for kind in ("hocr", "alto", "md", "html")}
        for kind in ("docx", "xlsx"):
            with zipfile.ZipFile(files[kind]) as archive:
                told[kind] = archive.read("docProps/core.xml")
        told["pdf"] = subprocess.run(["qpdf", "--show-attachment=emend.json", files["pdf"]], capture_output=True,
                                     check=True).stdout
        for kind, text in told.items():
            for fact in ("emend", "recogniser", "languages", "model", "model_hash", "options"):
                self.assertIn(facts[fact].encode(), text, f"{kind} lacks {fact}")

    def test_office_files_are_whole_archives_of_well_formed_parts(self):
        files = self.made(THREE_PAGES)
        for kind in ("docx", "xlsx"):
            with zipfile.ZipFile(files[kind]) as archive:
                self.assertIsNone(archive.testzip())
                for member in archive.infolist():
                    self.assertEqual(member.date_time, (1980, 1, 1, 0, 0, 0))
                    if member.filename.endswith((".xml", ".rels")):
                        xml.etree.ElementTree.fromstring(archive.read(member))

    @skip_without("ocrmypdf")
    def test_another_tool_takes_the_hocr(self):
        hocr = self.made(INVOICE)["hocr"]
        subprocess.run(["/usr/bin/python3", "-m", "ocrmypdf.hocrtransform", hocr, self.path("hocr.pdf")], check=True,
                       capture_output=True)
        text = subprocess.run(["pdftotext", self.path("hocr.pdf"), "-"], capture_output=True, check=True).stdout.decode()
        self.assertIn("INV-547363", text)


if __name__ == "__main__":
    main()
