#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Whether a reader of the searchable PDF finds each word where it is printed, and how much larger the file is.

    searchable_pdf.py [--count 20] [--build DIR] [--jobs 2] [--output FILE]

Invoices of the tests' generator, with its four kinds of damage, as a PDF of scans (one JPEG a page). emend reads it into
JSON and PDF; `pdftotext -bbox` says which words it finds and where. A word counts as found when poppler has the same text
within the box that the JSON form gives, with two pixels of slack. Words that the correction changed are counted apart.
Sizes are those of files without the attachment, both written by qpdf. The status is 1 below 99 %, or when the file is
larger by more than 15 % and by more than 5 KB a page.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import scanned_pdf
from make_invoices import make_page

XHTML = "{http://www.w3.org/1999/xhtml}"
SLACK_PIXELS = 2


def tool(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, check=True).stdout


def make_scans(path, count):
    pdf = scanned_pdf.PdfOfPictures(path)
    for number in range(1, count + 1):
        page, _ = make_page([20241124, number])
        pdf.add(scanned_pdf.jpeg(page.image, page.dpi), page.image.size, page.dpi)
    pdf.close()


def words_of(pdf):
    """For each page its size in points, and where each text stands."""
    pages = []
    for page in xml.etree.ElementTree.fromstring(tool("pdftotext", "-bbox", pdf, "-")).iter(XHTML + "page"):
        places = {}
        for word in page.iter(XHTML + "word"):
            box = tuple(float(word.get(key)) for key in ("xMin", "yMin", "xMax", "yMax"))
            places.setdefault(word.text, []).append(box)
        pages.append((float(page.get("width")), float(page.get("height")), places))
    return pages


def is_found(part, box, page, size, places):
    x, y, width, height = box
    across, down, slack = size[0] / page["width"], size[1] / page["height"], SLACK_PIXELS
    return any(left >= (x - slack) * across and right <= (x + width + slack) * across
               and top >= (y - slack) * down and bottom <= (y + height + slack) * down
               for left, top, right, bottom in places.get(part, []))


def count_words(document, pages):
    counts = {"words": 0, "found": 0, "corrected": 0, "corrected_found": 0, "missed": []}
    for page in document["pages"]:
        width, height, places = pages[page["number"] - 1]
        for word in (word for line in page["lines"] for word in line["words"]):
            was_corrected = len(word["readings"]) > 1
            for part in word["readings"][0]["text"].split():
                found = is_found(part, word["box"], page, (width, height), places)
                counts["words"] += 1
                counts["found"] += found
                counts["corrected"] += was_corrected
                counts["corrected_found"] += was_corrected and found
                if not found:
                    counts["missed"].append(f"page {page['number']}: {part}")
    return counts


def size_by_qpdf(pdf, folder, *options):
    tool("qpdf", *options, pdf, folder / "bare.pdf")
    return (folder / "bare.pdf").stat().st_size


def measure(folder, build, count, jobs):
    source = folder / "scans.pdf"
    make_scans(source, count)
    subprocess.run([build / "bin" / "emend", source, "--format", "json,pdf", "--jobs", str(jobs), "--no-journal",
                    "-o", folder / "made" / "{stem}.{ext}"], check=False)
    pdf = folder / "made" / "scans.pdf"
    tool("qpdf", "--check", pdf)
    figures = count_words(json.loads(pdf.with_suffix(".json").read_text()), words_of(pdf))
    before = size_by_qpdf(source, folder)
    after = size_by_qpdf(pdf, folder, "--remove-attachment=emend.json")
    figures.update(pages=count, bytes_before=before, bytes_after=after, larger_percent=round(100 * (after / before - 1), 2),
                   larger_bytes_a_page=round((after - before) / count), share=round(figures["found"] / figures["words"], 5))
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--build", type=pathlib.Path, default=scanned_pdf.SOURCE / "build" / "release")
    parser.add_argument("--output", type=pathlib.Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="emend-searchable-") as folder:
        figures = measure(pathlib.Path(folder), arguments.build.resolve(), arguments.count, arguments.jobs)
    text = json.dumps(figures, indent=1, ensure_ascii=False)
    print(text)
    if arguments.output:
        arguments.output.write_text(text + "\n")
    is_too_large = figures["larger_percent"] > 15 and figures["larger_bytes_a_page"] > 5000
    sys.exit(1 if figures["share"] < 0.99 or is_too_large else 0)


if __name__ == "__main__":
    main()
