# SPDX-License-Identifier: Apache-2.0
"""Draws misread.png: the truth of the tutorial's example, so small and blurred that Tesseract 5.3 misreads a word.

usage: make_misread.py FILE
"""

import sys

from PIL import Image, ImageDraw, ImageFilter, ImageFont

TRUTH = ("Invoice # 12345", "Total: $100.00", "Date: 2023-07-15")
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
SIZE, LINE_HEIGHT, BLUR, SCALE, DPI = 48, 86, 2.5, 0.2, 200


def main():
    image = Image.new("L", (900, 400), 255)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(TRUTH):
        draw.text((80, 60 + number * LINE_HEIGHT), line, fill=0, font=ImageFont.truetype(FONT, SIZE))
    image = image.filter(ImageFilter.GaussianBlur(BLUR))
    image = image.resize((int(image.width * SCALE), int(image.height * SCALE)), Image.BICUBIC)
    image.save(sys.argv[1], dpi=(int(DPI * SCALE), int(DPI * SCALE)))


if __name__ == "__main__":
    main()
