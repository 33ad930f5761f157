# SPDX-License-Identifier: Apache-2.0
"""The fonts to render with: what of Debian's packages (packages.txt) a receipt, an invoice or a letter may be printed in.

A font must have all digits and the commonest marks, each with a shape of its own. Bitmap fonts
are used at the sizes they have: they are what receipt printers print.
"""

import functools
import pathlib
import re

from PIL import ImageFont

FOLDERS = ["/usr/share/fonts"]
SIZE = 32  # pixels, of outline fonts
BITMAP_SIZES = list(range(10, 33))
NEEDED = "0123456789.,:/-+()%#$ABEMRSTUXx"
UNUSABLE = re.compile(r"symbol|dingbat|emoji|math|ding|music|braille|smallcap|-sc-|initial|ornament|outline|shadow|awesome|wide-?mono|keys|openmoji|cmex|cmsy|cmmi|stixsiz|stixvar|stixint|"
                      r"feta|batak|D050000L|Z003|chancery|script|Frak|unifont_upper|unifontexmono|csur|ISO8859|Fallback|fallback|blackletter|titling", re.I)
# Of Noto only the Latin fonts: the hundreds of others bring the same digits again.
NOTO = re.compile(r"^Noto(Sans|Serif|SansMono|SansDisplay|SerifDisplay|Mono)(-|$)")
RECEIPT = re.compile(r"mono|courier|terminus|ter-|spleen|ocr|3270|glasstty|tt2020|gnutypewriter|typewriter|inconsol|hack|firacode|agave|anonymous|proggy|hermit|dotgothic|cousine|"
                     r"code|unifont|freemono|fixed|console|b612mono|league-?mono|fantasque|x11|cmtt|cmuntt|lmmono|lmtt|condensed|narrow|\d+x\d+", re.I)
SLANTED = re.compile(r"italic|oblique|slant|-it$|-ri|bi$|cmti|cmsl|lm.*(it|sl)", re.I)


def shapes(font, text):
    return [font.getmask(c, mode="L").getbbox() and bytes(font.getmask(c, mode="L")) for c in text]


def usable(font):
    nothing = bytes(font.getmask("\uffff", mode="L"))
    found = shapes(font, NEEDED)
    return None not in found and nothing not in found and len(set(found)) == len(found)


class Font:
    def __init__(self, path, size, bitmap):
        self.font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
        self.path, self.size, self.bitmap = path, size, bitmap
        bounds = self.font.getmask("H", mode="L").getbbox()  # of the ink; getbbox() of a bitmap font is the whole cell
        self.cap_height = bounds[3] - bounds[1] if bounds else 0
        self.nothing = bytes(self.font.getmask("\uffff", mode="L"))
        self.has = functools.lru_cache(None)(self.draws)

    def draws(self, c):
        mask = self.font.getmask(c, mode="L")
        return c == " " or (mask.getbbox() is not None and bytes(mask) != self.nothing)

    def covers(self, text):
        return all(map(self.has, text))


def loaded(path):
    """The fonts of one file that can be used: one, or one for each size of a bitmap font."""
    sizes = BITMAP_SIZES if path.suffix in (".otb", ".gz") else [SIZE]
    found = []
    for size in sizes:
        try:
            font = Font(str(path), size, len(sizes) > 1)
            if font.cap_height >= 6 and usable(font.font):
                found.append(font)
        except (OSError, ValueError):
            continue
    return found


def by_family(fonts):
    """A list of lists: the files whose names begin alike, so that a family of forty weights is not forty times as likely."""
    groups = {}
    for font in fonts:
        groups.setdefault(re.match(r"[A-Za-z]{0,5}|", pathlib.Path(font.path).stem).group(0), []).append(font)
    return [groups[name] for name in sorted(groups)]


def catalogue(folders=FOLDERS):
    """(receipt-like, others, slanted), each a list of families, in an order that depends on the files alone."""
    paths = {}
    for folder in folders:
        for pattern in ("*.ttf", "*.otf", "*.otb", "*.pcf.gz"):
            for path in pathlib.Path(folder).rglob(pattern):
                paths.setdefault(path.name, path)
    receipt, others, slanted = [], [], []
    for name in sorted(paths):
        stem = paths[name].stem
        if UNUSABLE.search(name) or (stem.startswith("Noto") and not NOTO.match(stem)):
            continue
        fonts = loaded(paths[name])
        (slanted if SLANTED.search(stem) else receipt if RECEIPT.search(name) else others).extend(fonts)
    return by_family(receipt), by_family(others), by_family(slanted)
