# SPDX-License-Identifier: Apache-2.0
"""What printers, paper, hands and scanners do to print.

Ink is an array of 0 (none) to 1; grey one of 0..255. Each function draws its strength from rng
(random.Random); fields of noise come from noise (numpy Generator).
"""

import io

import numpy
from PIL import Image, ImageDraw, ImageFilter


def as_image(ink):
    return Image.fromarray((numpy.clip(ink, 0, 1) * 255).astype(numpy.uint8))


def as_ink(image):
    return numpy.asarray(image, numpy.float32) / 255


def field(noise, shape, grain):
    """Smooth noise of about 0 +- 1, its bumps about `grain` pixels wide."""
    small = noise.standard_normal((max(2, shape[0] // grain + 2), max(2, shape[1] // grain + 2))).astype(numpy.float32)
    return numpy.asarray(Image.fromarray(small).resize((shape[1], shape[0]), Image.BILINEAR))


def dots(ink, pitch, rng, noise):
    """A needle printer, or a coarse print head: ink becomes dots on a grid of `pitch` pixels."""
    height, width = ink.shape
    small = as_ink(as_image(ink).resize((max(1, round(width / pitch)), max(1, round(height / pitch))), Image.BOX))
    on = small > rng.uniform(0.25, 0.5)
    if rng.random() < 0.4:
        on &= noise.random(on.shape) > rng.uniform(0, 0.1)
    big = numpy.asarray(Image.fromarray(on).resize((width, height), Image.NEAREST), numpy.float32)
    y, x = numpy.arange(height) * on.shape[0] / height % 1 - 0.5, numpy.arange(width) * on.shape[1] / width % 1 - 0.5
    radius = rng.uniform(0.42, 0.75)
    return big * (y[:, None] ** 2 + x[None] ** 2 < radius * radius)


def printed(ink, cap, rng, noise):
    """The printer: thick or thin ink, dropouts, dead or dragged elements of a thermal head, double strike."""
    draw = rng.random()
    if draw < 0.16:
        ink = as_ink(as_image(ink).filter(ImageFilter.MaxFilter(3)))
    elif draw < 0.28 and cap > 22:
        ink = 0.35 * ink + 0.65 * as_ink(as_image(ink).filter(ImageFilter.MinFilter(3)))
    if rng.random() < 0.05:
        moved = numpy.roll(ink, rng.choice([1, 2]), 1)
        ink = numpy.maximum(ink, moved * rng.uniform(0.5, 1))
    if rng.random() < 0.22:  # uneven ink
        ink = ink * numpy.clip(1 + rng.uniform(0.1, 0.5) * field(noise, ink.shape, max(2, round(cap * rng.uniform(0.15, 1.2)))) - rng.uniform(0, 0.25), 0, 1)
    if rng.random() < 0.12:  # specks without ink
        ink = ink * (noise.random(ink.shape) > rng.uniform(0.02, 0.25))
    if rng.random() < 0.06:  # a dead element: a white line along the paper's way
        for _ in range(rng.randint(1, 3)):
            x, wide = rng.randrange(ink.shape[1]), max(1, round(cap * rng.uniform(0.02, 0.08)))
            ink = ink.copy()
            ink[:, x:x + wide] *= rng.uniform(0, 0.4)
    if rng.random() < 0.04:
        y, wide = rng.randrange(ink.shape[0]), max(1, round(cap * rng.uniform(0.02, 0.09)))
        ink = ink.copy()
        ink[y:y + wide] *= rng.uniform(0, 0.5)
    return ink


def bent(ink, cap, rng, most_rise):
    """Skew, waves and slant, by moving whole columns and rows. The baseline rises by at most most_rise * cap over the whole width."""
    height, width = ink.shape
    slope = rng.gauss(0, 0.011) if rng.random() < 0.85 else rng.uniform(-0.06, 0.06)
    slope = max(-most_rise * cap / width, min(most_rise * cap / width, slope))
    shift = slope * (numpy.arange(width) - width / 2)
    if rng.random() < 0.3:
        shift = shift + rng.uniform(0.01, 0.07) * cap * numpy.sin(numpy.arange(width) / (cap * rng.uniform(0.8, 4)) + rng.uniform(0, 6.3))
    rows = numpy.clip(numpy.arange(height)[:, None] + numpy.rint(shift).astype(int)[None], 0, height - 1)
    ink = ink[rows, numpy.arange(width)[None]]
    if rng.random() < 0.25:
        slant = numpy.rint(rng.gauss(0, 0.06) * (numpy.arange(height) - height / 2)).astype(int)
        ink = ink[numpy.arange(height)[:, None], numpy.clip(numpy.arange(width)[None] + slant[:, None], 0, width - 1)]
    return ink


def ruled(ink, cap, top, base, rng):
    """Lines of tables, dashes under sums, pen strokes and a stamp's edge across the word."""
    draw, height, width = rng.random(), *ink.shape
    if draw > 0.2:
        return ink
    image = as_image(ink)
    pen, wide = ImageDraw.Draw(image), max(1, round(cap * rng.uniform(0.03, 0.12)))
    dark = round(255 * rng.uniform(0.5, 1))
    if draw < 0.06:
        y = base + round(cap * rng.uniform(0.12, 0.5)) if rng.random() < 0.7 else top - round(cap * rng.uniform(0.12, 0.5))
        step = round(cap * rng.uniform(0.3, 0.8)) if rng.random() < 0.5 else width
        for x in range(-rng.randrange(step), width, step):
            pen.line((x, y, x + (step * 0.6 if step < width else width), y), fill=dark, width=wide)
    elif draw < 0.09:
        x = rng.choice([rng.randrange(max(1, width // 8)), width - 1 - rng.randrange(max(1, width // 8))])
        pen.line((x, 0, x, height), fill=dark, width=wide)
    elif draw < 0.16:
        ends = [(rng.uniform(-0.2, 1.2) * width, rng.uniform(-0.2, 1.2) * height) for _ in range(rng.randint(2, 4))]
        pen.line(ends, fill=round(255 * rng.uniform(0.2, 0.8)), width=wide)
    else:
        radius = cap * rng.uniform(1.5, 5)
        x, y = rng.uniform(0, width), rng.choice([-1, 1]) * radius + height * rng.uniform(0.2, 0.8)
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=round(255 * rng.uniform(0.15, 0.6)), width=wide)
    return as_ink(image)


def on_paper(ink, rng, noise):
    """Ink on paper as grey 0..255: pale or dark, even or not, now and then white on black."""
    paper = rng.uniform(215, 255) if rng.random() < 0.7 else rng.uniform(120, 225)
    dark = rng.uniform(0, 70) if rng.random() < 0.6 else rng.uniform(40, paper - rng.uniform(35, 90)) if paper > 150 else rng.uniform(0, 60)
    grey = paper - ink * (paper - dark)
    if rng.random() < 0.3:
        grey = grey + rng.uniform(2, 14) * field(noise, grey.shape, max(4, round(grey.shape[0] * rng.uniform(0.3, 2))))
    if rng.random() < 0.015:
        grey = 255 - grey
    return grey


def through_jpeg(grey, quality):
    data = io.BytesIO()
    Image.fromarray(numpy.clip(grey, 0, 255).astype(numpy.uint8)).save(data, "JPEG", quality=quality)
    return numpy.asarray(Image.open(data), numpy.float32)


def scanned(grey, rng, noise):
    """The scanner, at its own resolution: blur, sharpening, noise, stretched contrast, one bit, JPEG."""
    image = Image.fromarray(numpy.clip(grey, 0, 255).astype(numpy.uint8))
    if rng.random() < 0.5:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 1.0)))
    if rng.random() < 0.35:
        image = image.filter(ImageFilter.UnsharpMask(rng.uniform(0.6, 2), rng.randint(50, 250), 0))
    grey = numpy.asarray(image, numpy.float32)
    contrast, draw, rough = float(grey.max()) - float(grey.min()), rng.random(), rng.choice([0.01, 0.02, 0.04, 0.04, 0.06, 0.09])
    if rng.random() < 0.6:
        grey = grey + noise.standard_normal(grey.shape).astype(numpy.float32) * contrast * (min(rough, 0.04) if draw > 0.3 else rough)
    if draw < 0.3:  # stretched until the paper is white
        low, high = rng.uniform(0, 50), rng.uniform(150, 235)
        grey = (grey - low) * 255 / (high - low)
    elif draw < 0.40:
        middle = (float(grey.min()) + float(grey.max())) / 2
        grey = numpy.where(grey > middle + rng.uniform(-0.18, 0.22) * contrast, 255.0, 0.0)
        if rng.random() < 0.3:
            spots = noise.random(grey.shape) < rng.uniform(0.002, 0.015)
            grey = numpy.where(spots, 255 - grey, grey)
    if rng.random() < 0.45:
        grey = through_jpeg(grey, rng.randint(18, 85))
    return numpy.clip(grey, 0, 255)
