#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Whether a model gives everything back: load, correct and free, many times over, with memory measured from outside.

    host_memory.py [--cycles 50] [--gpu-layers all] [--model FILE] [--backends DIR] [--build DIR] [--output FILE]

A program loads a model, has a text proofread and frees the model, again and again. In between it stands still, and this
script reads what the kernel says of it and of all its children (/proc/PID/smaps_rollup), and where there is an NVIDIA
GPU what the driver says of that. At the start the program has proofread the same text with the embedded model, so that
code and word lists have been read once. The status is 1 when after any cycle the memory is not within 8 MiB of what it
was at the start, when a child is left, or when the model did not run where it should.

Without --gpu-layers 0 it needs a GPU, or Mesa's software device; status 77 means that there is none.
"""

import argparse
import json
import os
import pathlib
import subprocess
import tempfile

import host_probes as probes
from host_probes import MIB

LIMIT_MIB = 8
SKIPPED = 77


def measured(pid):
    children = probes.descendants(pid)
    sums = [probes.memory_of(process) for process in [pid, *children]]
    return {"children": len(children), "rss": sum(s["Rss"] for s in sums), "pss": sum(s["Pss"] for s in sums),
            "gpu": probes.gpu_mib_used()}


def one_cycle(probe):
    """What was seen while the model was loaded and after it was freed, and the report of free."""
    probe.ask("correct")
    placement = probe.ask("load")["placement"]
    loaded = measured(probe.pid)
    report = probe.ask("free")
    freed = measured(probe.pid)
    return loaded, freed, report, placement


def mib(size):
    return f"{size / MIB:.1f}"


def row_of(number, start, loaded, freed, report):
    row = [number, loaded["children"], mib(loaded["rss"]), mib(loaded["pss"]), freed["children"], mib(freed["rss"]),
           mib(freed["pss"]), f"{(freed['pss'] - start['pss']) / MIB:+.1f}",
           mib(sum(device["held_bytes"] for device in report["devices"]))]
    return row + ([loaded["gpu"], freed["gpu"]] if start["gpu"] is not None else [])


def faults_of(number, start, freed, report, placement, wants_gpu):
    faults = []
    for kind in ("rss", "pss"):
        change = (freed[kind] - start[kind]) / MIB
        # A page is shared out among all who have it, so PSS falls when another program starts that has the same library.
        if change > LIMIT_MIB or (kind == "rss" and change < -LIMIT_MIB):
            faults.append(f"cycle {number}: {kind} is {change:+.1f} MiB away from that at the start")
    if start["gpu"] is not None and abs(freed["gpu"] - start["gpu"]) > LIMIT_MIB:
        faults.append(f"cycle {number}: the GPU holds {freed['gpu'] - start['gpu']:+d} MiB")
    if freed["children"] or not report["host_ended"] or report["host_bytes_after"]:
        faults.append(f"cycle {number}: a child process is left")
    if wants_gpu and placement["gpu_layers"] == 0:
        faults.append(f"cycle {number}: no layer was on the GPU")
    return faults


def devices(programs, environment):
    """As emend doctor lists them."""
    asked = subprocess.run([programs / "bin" / "emend", "doctor", "--json"], capture_output=True, text=True, check=False,
                           env={**os.environ, **environment})
    return json.loads(asked.stdout)["devices"]


def run(arguments, model):
    environment = {"EMEND_BACKENDS_DIR": str(arguments.backends), "GGML_VK_VISIBLE_DEVICES": "0",
                   "MESA_SHADER_CACHE_DIR": str(arguments.build / "tests" / "shaders")} if arguments.backends else {}
    wants_gpu = arguments.gpu_layers != "0"
    if wants_gpu and not any(device["is_gpu"] for device in devices(arguments.build, environment)):
        print("skipped: no GPU and no software device (scripts/setup.sh tests)")
        raise SystemExit(SKIPPED)
    rows, faults = [], []
    with probes.Asked(arguments.build / "bench" / "bench_host_probe", model, arguments.gpu_layers,
                      environment=environment) as probe:
        probe.ask("embedded")
        start = measured(probe.pid)
        rows.append(["start", "", "", "", start["children"], mib(start["rss"]), mib(start["pss"]), "", ""]
                    + (["", start["gpu"]] if start["gpu"] is not None else []))
        for number in range(1, arguments.cycles + 1):
            loaded, freed, report, placement = one_cycle(probe)
            rows.append(row_of(number, start, loaded, freed, report))
            faults += faults_of(number, start, freed, report, placement, wants_gpu)
    return rows, faults, placement


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    root = probes.HERE.parent
    parser.add_argument("--cycles", type=int, default=50)
    parser.add_argument("--gpu-layers", default="all")
    parser.add_argument("--model", type=pathlib.Path)
    parser.add_argument("--backends", type=pathlib.Path, default=root / "build" / "deps" / "backends")
    parser.add_argument("--build", type=pathlib.Path, default=root / "build" / "release")
    parser.add_argument("--output", type=pathlib.Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        model = arguments.model or probes.make_model(arguments.build, "tiny", folder)
        rows, faults, placement = run(arguments, model)
        where = ", ".join(gpu["description"] for gpu in placement["gpus"]) or "CPU"
        size = os.path.getsize(model) / MIB
    head = ["cycle", "children", "RSS, loaded", "PSS, loaded", "children", "RSS, freed", "PSS, freed", "change of PSS",
            "held on the device"] + (["GPU, loaded", "GPU, freed"] if rows[0][-1] not in ("", None) and len(rows[0]) > 9
                                     else [])
    lines = probes.heading("Memory over load, correct and free", arguments.build,
                           f"bench/host_memory.py --cycles {arguments.cycles} --gpu-layers {arguments.gpu_layers}")
    lines += [f"A model of {size:.0f} MiB, {placement['gpu_layers']} of {placement['layers']} layers on: {where}. "
              "MiB, measured from outside: the process and all its children together. The change is against the "
              "start.", ""]
    lines += probes.table(head, rows)
    lines += ["", f"Within {LIMIT_MIB} MiB in every cycle, and no child left." if not faults else "Faults:", *faults]
    probes.write(lines, arguments.output)
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
