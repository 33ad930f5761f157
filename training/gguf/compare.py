#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""compare.py SCORE_MODEL MODEL.gguf REFERENCE.json: llama.cpp against PyTorch, on the same bytes.

SCORE_MODEL is the program of training/evaluate, REFERENCE.json what export.py wrote. Fails when a
score of some 30 bytes differs by more than LIMIT nats: Q8_0 also rounds what flows between layers.
"""

import json
import subprocess
import sys

LIMIT = 0.5


def main():
    program, model, reference = sys.argv[1:4]
    with open(reference, encoding="utf-8") as file:
        entries = json.load(file)
    lines = "".join(json.dumps(entry) + "\n" for entry in entries)
    done = subprocess.run([program, model, "rank"], input=lines, capture_output=True, text=True, check=True)
    worst = 0.0
    for entry, line in zip(entries, done.stdout.splitlines(), strict=True):
        for candidate, expected, got in zip(entry["candidates"], entry["scores"], json.loads(line), strict=True):
            worst = max(worst, abs(got - expected))
            print(f"{entry['before']!r} {candidate!r}: {expected:.3f} by PyTorch, {got:.3f} by llama.cpp")
    print(f"largest difference {worst:.3f} nats")
    return 0 if worst <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
