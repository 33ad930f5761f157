# SPDX-License-Identifier: Apache-2.0
"""PDFs of scanned pages, as a scanner makes them: each page is one JPEG, and no two are alike. Written as they come, so
that a thousand pages need no memory."""

import io
import pathlib
import sys

import numpy as np
from PIL import Image

SOURCE = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(SOURCE / "tests" / "fixtures" / "invoices"))

from content import make_invoice  # noqa: E402
from damage import Damage, scan  # noqa: E402
from layout import BODIES, FACES, HEADS, print_invoice  # noqa: E402

ORIGINALS = 20  # invoices; a page is one of them, moved and with noise of its own
JPEG_QUALITY = 70


def original(seed, dpi):
    """A scan of good quality with its words; the same arguments give the same page."""
    rng = np.random.default_rng(seed)
    faces, heads, bodies = list(FACES), list(HEADS), list(BODIES)
    printed = print_invoice(make_invoice(rng), faces[int(rng.integers(len(faces)))], int(rng.integers(26, 31)),
                            heads[int(rng.integers(len(heads)))], bodies[int(rng.integers(len(bodies)))])
    return scan(printed, Damage(dpi=dpi, blur=0.5, noise=2, skew=float(rng.uniform(-0.3, 0.3))), rng)


def variant(page, number):
    """`page` as if it had been laid on the glass another time."""
    rng = np.random.default_rng([7, number])
    pixels = np.roll(np.asarray(page.image), (int(rng.integers(-8, 9)), int(rng.integers(-8, 9))), (0, 1))
    noise = rng.integers(-6, 7, pixels.shape, dtype=np.int16)
    return Image.fromarray(np.clip(pixels + noise, 0, 255).astype(np.uint8))


def jpeg(image, dpi):
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=JPEG_QUALITY, dpi=(dpi, dpi))
    return buffer.getvalue()


class PdfOfPictures:
    """A PDF whose pages are JPEGs in grey, added one by one."""

    def __init__(self, path):
        self._file = open(path, "wb")
        self._offsets = {}
        self._pages = []
        self._file.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")

    def _object(self, number, body):
        self._offsets[number] = self._file.tell()
        self._file.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")

    def _stream(self, number, entries, data):
        self._object(number, b"<< %s /Length %d >>\nstream\n" % (entries, len(data)) + data + b"\nendstream")

    def add(self, data, size, dpi):
        first = 3 + 3 * len(self._pages)
        width, height = (72 * pixels / dpi for pixels in size)
        self._stream(first, b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray "
                            b"/BitsPerComponent 8 /Filter /DCTDecode" % size, data)
        self._stream(first + 1, b"", b"q %.3f 0 0 %.3f 0 0 cm /Im Do Q" % (width, height))
        self._object(first + 2, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.3f %.3f] /Contents %d 0 R "
                                b"/Resources << /XObject << /Im %d 0 R >> >> >>" % (width, height, first + 1, first))
        self._pages.append(first + 2)

    def close(self):
        kids = b" ".join(b"%d 0 R" % page for page in self._pages)
        self._object(2, b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(self._pages), kids))
        self._object(1, b"<< /Type /Catalog /Pages 2 0 R >>")
        start, count = self._file.tell(), len(self._offsets) + 1
        self._file.write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        for number in range(1, count):
            self._file.write(b"%010d 00000 n \n" % self._offsets[number])
        self._file.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start))
        self._file.close()


def make(path, pages, dpi=200, originals=ORIGINALS):
    """A PDF of so many scanned pages. The same arguments give the same bytes."""
    scans = [original([20241124, number], dpi) for number in range(min(originals, pages))]
    pdf = PdfOfPictures(path)
    for number in range(pages):
        image = variant(scans[number % len(scans)], number)
        pdf.add(jpeg(image, dpi), image.size, dpi)
    pdf.close()
