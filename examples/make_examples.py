#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the example documents beside this file: invoice.png, three_pages.pdf and two_pages.tif.

They come from the generator of the tests (tests/fixtures/invoices) and are committed, so nobody has
to run this to use them. Each has its truth beside it: invoice.txt, invoice.json and so on.
"""

import pathlib
import sys

from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "fixtures" / "invoices"))

from make_invoices import lines, make_page, write_image, write_truth  # noqa: E402

# Seed and damage of each page. Page 29 reads badly in ordinary words and well in its figures, so it
# shows what proofreading does.
INVOICE = (29, "fax")
PDF_PAGES = [(13, "fax"), (39, "fax"), (3, "fax")]
TIFF_PAGES = [(55, "fax"), (20, "fax")]


def pages_of(chosen):
    return [make_page([7, number], profile)[0] for number, profile in chosen]


def _write_many(pages, path, **options):
    images = [page.image.convert("1", dither=Image.NONE) for page in pages]
    images[0].save(path, save_all=True, append_images=images[1:], **options)
    truth = "\f".join("\n".join(lines(page)) + "\n" for page in pages)
    path.with_suffix(".txt").write_text(truth, encoding="utf-8")


def main():
    invoice = pages_of([INVOICE])[0]
    write_image(invoice, HERE / "invoice")
    write_truth(invoice, HERE / "invoice")
    pages = pages_of(PDF_PAGES)
    # Without a date the same pages give the same bytes.
    _write_many(pages, HERE / "three_pages.pdf", resolution=pages[0].dpi, creationDate=None, modDate=None)
    pages = pages_of(TIFF_PAGES)
    _write_many(pages, HERE / "two_pages.tif", compression="group4", dpi=(pages[0].dpi, pages[0].dpi))


if __name__ == "__main__":
    main()
