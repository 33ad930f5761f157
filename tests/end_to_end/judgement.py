# SPDX-License-Identifier: Apache-2.0
"""What proofreading did to a page whose words and their places are known.

Words of the truth and of the page belong together when their boxes overlap; what hangs together so
(a word that was read in two parts, two words read as one) is judged as one.
"""

from dataclasses import dataclass, field


@dataclass
class Judgement:
    words: int = 0             # numbers included
    wrong_before: int = 0
    numbers_right_before: int = 0
    repaired: list = field(default_factory=list)       # (truth, before, after)
    newly_wrong: list = field(default_factory=list)
    changed_wrong: list = field(default_factory=list)
    newly_wrong_numbers: list = field(default_factory=list)

    def __iadd__(self, other):
        self.words += other.words
        self.wrong_before += other.wrong_before
        self.numbers_right_before += other.numbers_right_before
        for name in ("repaired", "newly_wrong", "changed_wrong", "newly_wrong_numbers"):
            getattr(self, name).extend(getattr(other, name))
        return self


def _overlap(a, b):
    """Shared area as a part of the smaller box. Boxes are left, top, right, bottom."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    area = min((box[2] - box[0]) * (box[3] - box[1]) for box in (a, b))
    return width * height / max(1, area)


def _read_words(page, truth):
    """The words of the page with their boxes in pixels of the truth."""
    across, down = truth["width"] / page["width"], truth["height"] / page["height"]
    for line in page["lines"]:
        for word in line["words"]:
            x, y, width, height = word["box"]
            after = word["readings"][0]["text"]
            edited = len(word["readings"]) > 1
            before = word["readings"][1]["text"] if edited else after
            yield (x * across, y * down, (x + width) * across, (y + height) * down), before, after


def _groups(truth_boxes, read_boxes):
    """Sets of indices that hang together: [([truth...], [read...])]."""
    groups = [([i], []) for i in range(len(truth_boxes))]
    owner = list(range(len(truth_boxes)))
    for j, box in enumerate(read_boxes):
        touched = sorted({owner[i] for i, other in enumerate(truth_boxes) if _overlap(box, other) > 0.4})
        if not touched:
            continue
        first = touched[0]
        for other in touched[1:]:
            groups[first][0].extend(groups[other][0])
            groups[first][1].extend(groups[other][1])
            for i in groups[other][0]:
                owner[i] = first
            groups[other] = ([], [])
        groups[first][1].append(j)
    return [group for group in groups if group[0]]


def judge(truth, page):
    """`truth` is what make_invoices.py wrote, `page` a page of emend's JSON form."""
    read = list(_read_words(page, truth))
    result = Judgement()
    groups = _groups([word["box"] for word in truth["words"]], [box for box, _, _ in read])
    for true_indices, read_indices in groups:
        true_text = " ".join(truth["words"][i]["text"] for i in sorted(true_indices))
        read_indices.sort(key=lambda j: read[j][0][0])
        before = " ".join(read[j][1] for j in read_indices)
        after = " ".join(read[j][2] for j in read_indices)
        result.words += 1
        result.wrong_before += before != true_text
        is_number = any(c.isdigit() for c in true_text)
        result.numbers_right_before += is_number and before == true_text
        change = (true_text, before, after)
        if before == after:
            continue
        if after == true_text:
            result.repaired.append(change)
        elif before != true_text:
            result.changed_wrong.append(change)
        elif is_number:
            result.newly_wrong_numbers.append(change)
        else:
            result.newly_wrong.append(change)
    return result
