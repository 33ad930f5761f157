# SPDX-License-Identifier: Apache-2.0
"""Round trip: every format holds the text of the JSON form, by the reading of others' libraries."""

import csv
import html.parser
import json
import re
import subprocess
import xml.etree.ElementTree
import zipfile

from emend_command import INVOICE, NOTICES, OK, THREE_PAGES, EmendTest, main, skip_without

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
