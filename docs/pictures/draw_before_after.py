#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Draws before_after.png, the picture of the README: what the scan shows, what was read, what came out.

    draw_before_after.py [--emend PROGRAM] [--image examples/invoice.png]

Every applied edit of the page becomes a row with its line of the scan; nothing is chosen by hand.
Needs python3-pil and fonts-dejavu-core.
"""

import argparse
import json
import pathlib
import subprocess

from PIL import Image, ImageDraw, ImageFont

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FONTS = pathlib.Path("/usr/share/fonts/truetype/dejavu")
PAPER, INK, FAINT, WRONG, RIGHT, RULE = "#ffffff", "#1f2328", "#59636e", "#cf222e", "#1a7f37", "#d1d9e0"
WIDTH, MARGIN, PADDING, MOST_CROP_WIDTH = 1000, 24, 10, 840


def first_reading(word):
    """The text as recognised: corrected words keep it behind the chosen reading."""
    return word["readings"][-1]["text"]


def rows_of(page):
    """(line, index of the changed word in it) for each applied edit."""
    return [(page["lines"][edit["line"]], edit["words"][0])
            for edit in page["edits"] if edit["verdict"] == "applied"]


def crop_of(scan, line):
    x, y, width, height = line["box"]
    crop = scan.crop((x - 6, y - 6, x + width + 6, y + height + 6))
    scale = min(1.0, MOST_CROP_WIDTH / crop.width)
    return crop.resize((round(crop.width * scale), round(crop.height * scale)), Image.Resampling.LANCZOS)


def draw_line(draw, position, words, marked, colour, font):
    x, y = position
    for index, text in enumerate(words):
        draw.text((x, y), text, font=font, fill=colour if index == marked else INK)
        x += draw.textlength(text + " ", font=font)


def draw(scan, page):
    title = ImageFont.truetype(str(FONTS / "DejaVuSans.ttf"), 15)
    body = ImageFont.truetype(str(FONTS / "DejaVuSans.ttf"), 19)
    rows = [(crop_of(scan, line), line["words"], marked) for line, marked in rows_of(page)]
    row_heights = [crop.height + 2 * 30 + 4 * PADDING for crop, _, _ in rows]
    picture = Image.new("RGB", (WIDTH, sum(row_heights) + 2 * MARGIN), PAPER)
    pen = ImageDraw.Draw(picture)
    y = MARGIN
    for (crop, words, marked), height in zip(rows, row_heights):
        picture.paste(crop, (MARGIN + 110, y))
        pen.text((MARGIN, y + crop.height // 2 - 9), "scan", font=title, fill=FAINT)
        y_text = y + crop.height + PADDING
        for label, colour, texts in (("recognised", WRONG, [first_reading(word) for word in words]),
                                     ("proofread", RIGHT, [word["readings"][0]["text"] for word in words])):
            pen.text((MARGIN, y_text + 3), label, font=title, fill=FAINT)
            draw_line(pen, (MARGIN + 110, y_text), texts, marked, colour, body)
            y_text += 30
        y += height
        if y < picture.height - MARGIN - 1:
            pen.line((MARGIN, y - 2 * PADDING, WIDTH - MARGIN, y - 2 * PADDING), fill=RULE)
    return picture


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--emend", default=str(ROOT / "build" / "release" / "bin" / "emend"))
    parser.add_argument("--image", default=str(ROOT / "examples" / "invoice.png"))
    arguments = parser.parse_args()
    read = subprocess.run([arguments.emend, "--format", "json", arguments.image], capture_output=True, check=True)
    page = json.loads(read.stdout)["pages"][0]
    draw(Image.open(arguments.image).convert("RGB"), page).save(HERE / "before_after.png", optimize=True)


if __name__ == "__main__":
    main()
