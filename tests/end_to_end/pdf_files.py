# SPDX-License-Identifier: Apache-2.0
"""PDF files that the tests make: pages of text, of pictures, and of both, in as few bytes as will do."""

import io
import zlib

from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
LETTER = ["Dear Sir or Madam,", "thank you for your order of the seventh of March.",
          "Two chairs and one table will leave our house", "on Monday, together with the invoice 4711.",
          "The total is 1,234.50 EUR, to be paid in thirty days.", "With kind regards, the people of the store"]


class Pdf:
    """Collects objects; number 1 is the catalogue, 2 the tree of pages, 3 a font."""

    def __init__(self):
        self.objects = [None, None, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
        self.pages = []

    def add(self, data):
        self.objects.append(data if isinstance(data, bytes) else data.encode("latin-1"))
        return len(self.objects)

    def stream(self, data, entries=""):
        data = data if isinstance(data, bytes) else data.encode("latin-1")
        return self.add(b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries.encode(), len(data), data))

    def image(self, picture, filter=None, data=None, colours=None, bits=8):
        """A picture as an XObject: packed without loss, or with data that are encoded already."""
        colours = colours or {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}[picture.mode]
        if data is None:
            filter, data = "/FlateDecode", zlib.compress(picture.tobytes())
        return self.stream(data, f"/Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height} "
                                 f"/ColorSpace {colours} /BitsPerComponent {bits} /Filter {filter}")

    def page(self, contents, objects=None, size=(595, 842), more="", fonts="/F 3 0 R"):
        names = " ".join(f"/{name} {number} 0 R" for name, number in (objects or {}).items())
        number = self.stream(contents)
        self.pages.append(self.add(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] {more} /Contents "
                                   f"{number} 0 R /Resources << /Font << {fonts} >> /XObject << {names} >> >> >>"))
        return self

    def bytes(self):
        self.objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
        kids = " ".join(f"{number} 0 R" for number in self.pages)
        self.objects[1] = f"<< /Type /Pages /Count {len(self.pages)} /Kids [{kids}] >>".encode()
        out, offsets = io.BytesIO(), []
        out.write(b"%PDF-1.5\n")
        for number, data in enumerate(self.objects, 1):
            offsets.append(out.tell())
            out.write(b"%d 0 obj\n%s\nendobj\n" % (number, data))
        start = out.tell()
        out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1))
        out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
        out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, start))
        return out.getvalue()


def text_operators(lines, mode=0, size=14, left=60, top=760, font="F"):
    """Lines from the top down. Mode 3 is not drawn."""
    escaped = [line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") for line in lines]
    shown = " ".join(f"({line}) Tj 0 {-2 * size} Td" for line in escaped)
    return f"BT /{font} {size} Tf {mode} Tr {left} {top} Td {shown} ET\n"


def scan(lines, dpi=200, size=(595, 842), points=14, left=60, top=760, mode="L"):
    """A picture of a page on which `lines` are printed where text_operators() puts them."""
    scale = dpi / 72
    picture = Image.new("RGB", (round(size[0] * scale), round(size[1] * scale)), "white")
    pen = ImageDraw.Draw(picture)
    font = ImageFont.truetype(FONT, round(points * scale * 0.95))
    for number, line in enumerate(lines):
        baseline = (size[1] - top + 2 * points * number) * scale
        pen.text((left * scale, baseline), line, font=font, fill="black", anchor="ls")
    return picture.convert(mode)


def placed(name, size=(595, 842), at=(0, 0)):
    """Draws the image `name` so large, there."""
    return f"q {size[0]} 0 0 {size[1]} {at[0]} {at[1]} cm /{name} Do Q\n"


def scanned_page(pdf, lines, layer=None, dpi=200):
    """A page that is a picture of `lines`, with hidden text under it when `layer` is given."""
    picture = pdf.image(scan(lines, dpi))
    hidden = text_operators(layer, mode=3) if layer is not None else ""
    return pdf.page(hidden + placed("Im"), {"Im": picture})
