#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make_table.py CONFUSIONS.tsv OUTPUT.h: the look-alikes of src/correct, with counted costs.

Pairs that people know are in the table whether they were counted or not: PRIOR gives each a cost,
which counts of confusions.py then move, the more of them the further: one misreading in exp(cost)
printed characters is added to what was counted. Pairs of letters that nobody thought of come in
when they were counted LEAST times. Costs are -ln P(seen | meant), less a constant that leaves the
mean of the PRIOR's counted pairs where it was: how bad the rendered pages were in all is no
property of letters.
"""

import csv
import math
import sys

TWINS, CLOSE, SIMILAR, LIGATURE = 2.0, 3.0, 4.5, 0.5
BOTH_WAYS = {
    TWINS: "l:I",
    CLOSE: "l:i c:e u:n h:b C:G",
    SIMILAR: "t:l f:t i:j o:e c:o a:o a:e a:s n:h u:v v:y g:q n:r m:n O:Q O:D O:C E:F P:F P:R B:R B:E H:N M:N M:H U:V V:Y T:I L:I K:X T:Y "
             "m:in m:ni m:nn",
}
ONE_WAY = {  # seen:meant
    TWINS: "|:I |:l ln:In 0:O 0:o 1:l 1:I",
    CLOSE: "!:l !:I !:i rn:m m:rn cl:d vv:w li:h VV:W 1:i 5:S 5:s 8:B 6:G 6:b 9:g 9:q 2:Z 2:z",
    SIMILAR: "I:i r:t i:t d:cl w:vv h:li ii:u u:ii ri:n n:ri in:m ni:m nn:m iii:m tt:u ll:u ti:n tl:d lc:k lt:h h:k d:a w:v W:N U:O II:H II:U IN:M "
             "lI:l Il:l Il:I lI:I 4:A 0O:O O0:O 1I:I I1:I 1l:l l1:l 5S:S S5:S 8B:B B8:B",
    LIGATURE: "\ufb01:fi \ufb02:fl \ufb00:ff \ufb03:ffi \ufb04:ffl",
}
LEAST = 8              # of a pair that is not in PRIOR
LOWEST, HIGHEST = 0.5, 7.0
BARS = "|!"            # signs that are read where a letter was printed


def prior():
    """{(seen, meant): nats}"""
    costs = {}
    for nats, pairs in BOTH_WAYS.items():
        for pair in pairs.split():
            a, b = pair.split(":")
            costs[a, b] = costs[b, a] = nats
    for nats, pairs in ONE_WAY.items():
        costs.update({tuple(pair.split(":")): nats for pair in pairs.split()})
    return {pair: nats for pair, nats in costs.items()}


def counted(path):
    """{(seen, meant): (count, printed)}"""
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["seen"], row["meant"]): (int(row["count"]), int(row["printed"])) for row in rows}


def is_new_pair(seen, meant):
    """Letters for letters, and no letter in the other case: that is no question of look."""
    letters = all(c.isalpha() or c in BARS for c in seen) and meant.isalpha()
    return letters and bool(seen) and seen.lower() != meant.lower() and abs(len(seen) - len(meant)) < 2


def costs_of(counts, known):
    """{(seen, meant): nats}, the counts with the prior in one."""
    measured = [-math.log(counts[pair][0] / counts[pair][1]) - nats for pair, nats in known.items() if pair in counts]
    shift = sum(measured) / len(measured)
    costs = {}
    for pair, nats in known.items():
        count, printed = counts.get(pair, (0, 0))
        costs[pair] = -math.log((count + 1) / (printed + math.exp(nats + shift))) - shift
    for pair, (count, printed) in counts.items():
        if pair not in costs and count >= LEAST and is_new_pair(*pair):
            costs[pair] = -math.log(count / printed) - shift
    return {pair: min(HIGHEST, max(LOWEST, nats)) for pair, nats in costs.items()}, shift


def quoted(text):
    return 'U"' + "".join(c if ord(c) < 128 else f"\\u{ord(c):04X}" for c in text) + '"'


def main():
    counts, known = counted(sys.argv[1]), prior()
    costs, shift = costs_of(counts, known)
    entries = [f"{{{quoted(seen)}, {quoted(meant)}, {nats:.2f}}}" for (seen, meant), nats in sorted(costs.items())]
    lines, line = [], "   "
    for entry in entries:
        if len(line) + len(entry) + 2 > 100:
            lines.append(line)
            line = "   "
        line += f" {entry},"
    lines.append(line)
    with open(sys.argv[2], "w", encoding="ascii") as out:
        out.write("// SPDX-License-Identifier: Apache-2.0\n"
                  "// Made by training/channel/make_table.py from training/channel/confusions.tsv; not to be edited.\n"
                  "#pragma once\n\n#include <array>\n\n#include \"correct/look_alike.h\"\n\nnamespace emend {\n\n"
                  "// clang-format off\n"
                  "inline constexpr auto kLookAlikes = std::to_array<LookAlike>({\n")
        out.write("\n".join(lines))
        out.write("\n});\n// clang-format on\n\n}  // namespace emend\n")
    print(f"{len(costs)} pairs, of which {len(set(known) & set(counts))} of {len(known)} known ones were counted; shift {shift:.2f} nats")


if __name__ == "__main__":
    main()
