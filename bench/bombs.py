# SPDX-License-Identifier: Apache-2.0
"""Files that are made to hurt whoever opens them: small, and large or endless inside."""

import io
import os
import struct
import zipfile
import zlib

GIB = 1 << 30


def _zeros(size, value=b"\0"):
    """So many equal bytes, deflated, without ever being there as a whole."""
    packer, piece = zlib.compressobj(9), value * (1 << 20)
    parts = [packer.compress(piece) for _ in range(size >> 20)]
    return b"".join(parts) + packer.compress(value * (size & ((1 << 20) - 1))) + packer.flush()


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, deflated, depth=8, extra=b""):
    """A grey PNG with `deflated` as its image data, whether that fits or not."""
    header = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + extra + _chunk(b"IDAT", deflated) + _chunk(b"IEND", b""))


def pdf(objects, root=1, trailer=b""):
    """A PDF of {number: bytes}."""
    out, offsets = bytearray(b"%PDF-1.5\n"), {}
    for number, body in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, count = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count
    for number in range(1, count):
        out += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
    out += b"trailer\n<< /Size %d /Root %d 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (count, root, trailer, start)
    return bytes(out)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
ONE_PAGE = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"


def page(contents=b"", resources=b"", box=b"0 0 612 792", parent=2):
    return b"<< /Type /Page /Parent %d 0 R /MediaBox [%s] %s /Resources << %s >> >>" % (parent, box, contents,
                                                                                     resources)


def stream(entries, data):
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def empty_pages(count):
    """A PDF of `count` pages with nothing on them."""
    kids = b" ".join(b"%d 0 R" % (3 + number) for number in range(count))
    objects = {1: CATALOG, 2: b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids)}
    objects.update({3 + number: page() for number in range(count)})
    return pdf(objects)


def nested_page_tree(depth):
    objects = {1: CATALOG}
    for level in range(depth):
        parent = b"" if level == 0 else b"/Parent %d 0 R " % (level + 1)
        objects[level + 2] = b"<< /Type /Pages %s/Count 1 /Kids [%d 0 R] >>" % (parent, level + 3)
    objects[depth + 2] = page(parent=depth + 1)
    return pdf(objects)


def nested_arrays(depth):
    catalog = b"<< /Type /Catalog /Pages 2 0 R /X " + b"[" * depth + b"]" * depth + b" >>"
    return pdf({1: catalog, 2: ONE_PAGE, 3: page()})


def page_tree_in_itself():
    return pdf({1: CATALOG, 2: b"<< /Type /Pages /Count 1000000 /Kids [2 0 R 2 0 R 3 0 R] >>", 3: page()})


def form_in_itself():
    form = stream(b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>",
                  b"/F Do /F Do")
    return pdf({1: CATALOG, 2: ONE_PAGE, 3: page(b"/Contents 4 0 R", b"/XObject << /F 5 0 R >>"),
                4: stream(b"", b"/F Do"), 5: form})


def forms_that_double(levels):
    """Every form draws the next one twice."""
    first = page(b"/Contents 4 0 R", b"/XObject << /F 5 0 R >>")
    objects = {1: CATALOG, 2: ONE_PAGE, 3: first, 4: stream(b"", b"/F Do")}
    for level in range(levels):
        objects[5 + level] = stream(b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << "
                                    b"/F %d 0 R >> >>" % (6 + level), b"/F Do /F Do")
    objects[5 + levels] = stream(b"/Type /XObject /Subtype /Form /BBox [0 0 612 792]", b"0 0 5 5 re f")
    return pdf(objects)


def inflating_content(size):
    return pdf({1: CATALOG, 2: ONE_PAGE, 3: page(b"/Contents 4 0 R"),
                4: stream(b"/Filter /FlateDecode", _zeros(size, b" "))})


def inflating_image(width, height):
    image = stream(b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
                   b"/Filter /FlateDecode" % (width, height), _zeros(width * height))
    return pdf({1: CATALOG, 2: ONE_PAGE, 3: page(b"/Contents 4 0 R", b"/XObject << /I 5 0 R >>"),
                4: stream(b"", b"612 0 0 792 0 0 cm /I Do"), 5: image})


def huge_page():
    return pdf({1: CATALOG, 2: ONE_PAGE, 3: page(box=b"0 0 100000000 100000000")})


def table_in_a_circle():
    whole = pdf({1: CATALOG, 2: ONE_PAGE, 3: page()})
    start = whole.rindex(b"xref\n0")
    return whole.replace(b"trailer\n<< ", b"trailer\n<< /Prev %d " % start)


def tiff_in_a_circle():
    """Its only directory is followed by itself."""
    tags = [(256, 3, 1, 8), (257, 3, 1, 8), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 200),
            (277, 3, 1, 1), (278, 3, 1, 8), (279, 4, 1, 64)]
    entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    body = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(tags)) + entries + struct.pack("<I", 8)
    return body.ljust(200, b"\0") + b"\xff" * 64


def jpeg_of(width, height):
    """A header that promises so many pixels, and nothing behind it."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"
    start = b"\xff\xd8\xff\xc0" + struct.pack(">H", 2 + len(frame)) + frame
    return start + b"\xff\xda\0\x08\1\1\0\0\x3f\0" + b"\0" * 100


def gif_of(width, height):
    frame = b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x44\x01\0;"
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0) + frame


def zip_of(entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return buffer.getvalue()


def nested_zip(levels, copies):
    """16 archives of 16 archives of ..., at the end of which are pictures of nothing."""
    data = zip_of([(f"{number}.png", png(1000, 1000, _zeros(1001 * 1000))) for number in range(copies)])
    for _ in range(levels):
        data = zip_of([(f"{number}.zip", data) for number in range(copies)])
    return data


def zip_of_zeros(size):
    """One picture of zeros that unpacks to `size` bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        with archive.open("zeros.png", "w", force_zip64=True) as entry:
            for _ in range(size >> 20):
                entry.write(b"\0" * (1 << 20))
    return buffer.getvalue()


def zip_with_paths_outside():
    return zip_of([("../../outside.png", b"x"), ("/etc/outside.png", b"x"), ("a\0b.png", b"x")])


# Name of the file: what makes it. Those of CHEAP take a second or two to make and to refuse.
CHEAP = {
    "png_of_1_gib_of_zeros.png": lambda: png(32768, 32768, _zeros(32769 * 32768)),
    "png_with_a_gib_behind_its_pixels.png": lambda: png(100, 100, _zeros(GIB)),
    "png_with_a_text_of_1_gib.png": lambda: png(100, 100, _zeros(101 * 100),
                                                extra=_chunk(b"zTXt", b"k\0\0" + _zeros(GIB))),
    "nested_page_tree.pdf": lambda: nested_page_tree(10_000),
    "nested_arrays.pdf": lambda: nested_arrays(100_000),
    "page_tree_in_itself.pdf": page_tree_in_itself,
    "form_in_itself.pdf": form_in_itself,
    "huge_page.pdf": huge_page,
    "table_in_a_circle.pdf": table_in_a_circle,
    "tiff_in_a_circle.tif": tiff_in_a_circle,
    "jpeg_of_4_gigapixels.jpg": lambda: jpeg_of(65500, 65500),
    "gif_of_4_gigapixels.gif": lambda: gif_of(65535, 65535),
    "nested.zip": lambda: nested_zip(5, 16),
    "paths_outside.zip": zip_with_paths_outside,
}
DEAR = {
    "png_of_361_megapixels.png": lambda: png(19000, 19000, _zeros(19001 * 19000)),
    "content_of_1_gib.pdf": lambda: inflating_content(GIB),
    "image_of_1_gib.pdf": lambda: inflating_image(32768, 32768),
    "forms_that_double.pdf": lambda: forms_that_double(40),
    "zip_of_4_gib.zip": lambda: zip_of_zeros(4 * GIB),
    "10000_empty_pages.pdf": lambda: empty_pages(10_000),
}


def write(folder, names=None):
    """The paths of all bombs, or of those of `names`, in `folder`; what is there is not made again."""
    os.makedirs(folder, exist_ok=True)
    paths = []
    for name, make in {**CHEAP, **DEAR}.items():
        if names is not None and name not in names:
            continue
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            with open(path, "wb") as file:
                file.write(make())
        paths.append(path)
    return paths
