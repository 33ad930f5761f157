#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Whether programs of others take emend's files and find the same text and cells in them.

    other_programs.py [--build DIR] [--output FILE] FILE...

Each FILE is read into JSON, DOCX, XLSX and hOCR. LibreOffice (headless; Debian: libreoffice-writer-nogui and
libreoffice-calc-nogui) converts DOCX into text and XLSX into one CSV file for each sheet, OCRmyPDF's hOCR transform (Debian:
ocrmypdf) makes a PDF file of each page of the hOCR, of which pdftotext takes the text. Words are compared in their order,
those of the hOCR without it. The status is 1 when a word or a cell is missing, added or changed.
"""

import argparse
from collections import Counter
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "end_to_end"))

# Text in quotation marks only where it needs them, as it is shown, every sheet in a file of its own.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def tool(*words, **options):
    return subprocess.run([str(word) for word in words], capture_output=True, check=True, **options).stdout


def office(kind, source, folder):
    tool("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind,
         "--outdir", folder, source, timeout=300)


def words_of_csv(folder, stem):
    """The cells of every sheet that are not empty, in their order."""
    def number_of(path):
        digits = "".join(c for c in path.stem[len(stem):] if c.isdigit())
        return int(digits or 0)
    cells = []
    for path in sorted(folder.glob(f"{stem}*.csv"), key=number_of):
        with open(path, encoding="utf-8", newline="") as file:
            cells += [cell for row in csv.reader(file) for cell in row if cell]
    return cells


def words_of_hocr(hocr, folder):
    """OCRmyPDF's transform wants one page in a file."""
    import xml.etree.ElementTree as tree
    xhtml = "{http://www.w3.org/1999/xhtml}"
    tree.register_namespace("", xhtml[1:-1])
    words = []
    pages = [div for div in tree.parse(hocr).iter(xhtml + "div") if div.get("class") == "ocr_page"]
    for number, page in enumerate(pages):
        document = tree.parse(hocr)
        body = document.getroot().find(xhtml + "body")
        for other in list(body):
            if other.get("id") != page.get("id"):
                body.remove(other)
        single = folder / f"{number}.hocr"
        document.write(single, encoding="utf-8", xml_declaration=True)
        tool("/usr/bin/python3", "-m", "ocrmypdf.hocrtransform", single, single.with_suffix(".pdf"))
        words += tool("pdftotext", single.with_suffix(".pdf"), "-").decode().split()
    return words


def compare(source, build, folder):
    """(kind, what is compared, how many, how many are the same) for each format."""
    from formats_test import cells_of_xlsx
    done = subprocess.run([build / "bin" / "emend", source, "--format", "json,docx,xlsx,hocr", "-o", f"{folder}/a.{{ext}}"],
                          capture_output=True, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"{source}: {done.stderr.decode()}")
    document = json.loads((folder / "a.json").read_text())
    wanted = [part for page in document["pages"] for line in page["lines"] if not line.get("is_noise")
              for word in line["words"] for part in word["readings"][0]["text"].split()]
    office("txt:Text (encoded):UTF8", folder / "a.docx", folder)
    yield "docx", "words", wanted, (folder / "a.txt").read_text(encoding="utf-8-sig").split()
    office(CSV, folder / "a.xlsx", folder)
    cells = words_of_csv(folder, "a")
    yield "xlsx", "words", wanted, " ".join(cells).split()
    yield "xlsx", "cells", list(cells_of_xlsx(folder / "a.xlsx")), cells
    yield "hocr", "words, in any order", sorted(wanted), sorted(words_of_hocr(folder / "a.hocr", folder))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--build", type=pathlib.Path, default=HERE.parent / "build" / "release")
    parser.add_argument("--output", type=pathlib.Path)
    arguments = parser.parse_args()
    os.environ.setdefault("EMEND_PREFIX", str(arguments.build))
    rows, is_bad = [], False
    for source in arguments.files:
        with tempfile.TemporaryDirectory() as folder:
            for kind, what, wanted, found in compare(source, arguments.build, pathlib.Path(folder)):
                lost, added = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
                state = "the same" if wanted == found else "in another order" if not lost and not added else \
                    f"lost {sum(lost.values())}, added {sum(added.values())}"
                is_bad |= wanted != found
                rows.append(f"| {source.name} | {kind} | {what} | {len(wanted)} | {state} |")
                if lost or added:
                    print(f"{source.name} {kind}: lost {list(lost)[:10]}, added {list(added)[:10]}", file=sys.stderr)
    table = "\n".join(["| file | format | compared | number | by the other program |", "| --- | --- | --- | --- | --- |", *rows])
    print(table)
    if arguments.output:
        arguments.output.write_text(table + "\n", encoding="utf-8")
    sys.exit(1 if is_bad else 0)


if __name__ == "__main__":
    main()
