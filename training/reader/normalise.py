# SPDX-License-Identifier: Apache-2.0
"""A grey crop as the reader wants it: 32 pixels high, 0 = paper, 1 = ink. The same steps as in src/page_worker."""

import functools

import numpy

HEIGHT = 32
LEAST_WIDTH, MOST_WIDTH = 16, 2048
LEAST_CONTRAST = 12.0  # grey levels between paper and ink; below there is nothing to read
FULL_CONTRAST = 24.0   # a paler crop is not stretched further: it would be noise


@functools.lru_cache(4096)
def weights(size, wanted):
    """(wanted, size): how much of each old pixel a new one holds. Area average when shrinking, bilinear when growing."""
    matrix = numpy.zeros((wanted, size), numpy.float32)
    scale = size / wanted
    for i in range(wanted):
        if scale > 1:
            first, last = i * scale, (i + 1) * scale
            for j in range(int(first), min(size, int(numpy.ceil(last)))):
                matrix[i, j] = max(0.0, min(last, j + 1) - max(first, j)) / scale
        else:
            centre = min(max((i + 0.5) * scale - 0.5, 0.0), size - 1.0)
            j = int(centre)
            matrix[i, j] = 1 - (centre - j)
            if j + 1 < size:
                matrix[i, j + 1] = centre - j
    return matrix


def width_for(height, width):
    """In proportion, the nearest multiple of 4, half goes up. In whole numbers, so that C++ agrees."""
    return max(LEAST_WIDTH, 4 * ((HEIGHT * width + 2 * height) // (4 * height)))


def scaled(grey, wanted):
    height, width = grey.shape
    return weights(height, HEIGHT) @ grey.astype(numpy.float32) @ weights(width, wanted).T


def ink(values):
    """0..1, or None when paper and ink cannot be told apart. Percentiles are ranks of the sorted pixels, no interpolation."""
    ordered = numpy.sort(values, axis=None)
    dark, light = ordered[(len(ordered) - 1) * 5 // 100], ordered[(len(ordered) - 1) * 95 // 100]
    if light - dark < LEAST_CONTRAST:
        return None
    return numpy.clip((light - values) / max(light - dark, FULL_CONTRAST), 0, 1).astype(numpy.float32)


def normalised(grey, stretch=1.0):
    """(32, width) of float32 from (height, width) of uint8; None when there is nothing to read or the crop is too wide.

    Stretched, the crop is wider than its proportions: narrow print then has columns enough for doubled digits.
    """
    if min(grey.shape) < 1:
        return None
    wanted = width_for(*grey.shape)
    if stretch != 1:
        wanted = int(wanted * stretch / 4 + 0.5) * 4
    return ink(scaled(grey, wanted)) if wanted <= MOST_WIDTH else None
