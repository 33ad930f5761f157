#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What a GPU gives and what it gets back, in one command on a machine that has one.

    gpu.py [--shape qwen2.5-3b] [--layers 0,10,20,all] [--leave-mib 1500] [--backends DIR] [--models DIR]
           [--places 64] [--words 200] [--rounds 3] [--llama-server PROGRAM] [--build DIR]
           [--output docs/measurements/gpu.md]

For each number of layers: tokens a second, the memory that the host says it holds on the device, and what the driver
says from outside (nvidia-smi): before, loaded, and after the model was freed. Then another process takes the memory but
for --leave-mib, and "all" is asked for once more: the host has to step down and to say so. And with all layers on the
GPU a text is rewritten by verification, beside generating it: the table of rewrite_speed.py.

Where there is no nvidia-smi its columns are empty. Status 77: no GPU. scripts/install_backend.sh gets a backend.
"""

import argparse
import os
import pathlib
import tempfile

import host_memory
import host_probes as probes
import rewrite_speed
from host_probes import MIB

SKIPPED = 77
ALL_LAYERS = 999


def shown(value):
    return "" if value is None else value


def one_setting(arguments, model, layers, environment):
    """A row of the table."""
    before = probes.settled_gpu_mib_used()
    with probes.Asked(arguments.build / "bench" / "bench_host_probe", model, layers, environment=environment) as probe:
        load = probe.ask("load")
        probe.ask("score 1")  # a driver compiles its programs at their first use
        scored = probe.ask(f"score {arguments.places}")
        loaded = probes.gpu_mib_used()
        report = probe.ask("free")
        freed = probes.settled_gpu_mib_used()
        children = len(probes.descendants(probe.pid))
    placement = scored["placement"]
    held = sum(gpu["bytes"] for gpu in placement["gpus"]) / MIB
    free = "; ".join(f"{d['free_before_mib']} / {d['free_loaded_mib']} / {d['free_after_mib']}" for d in report["devices"])
    return [layers, f"{placement['gpu_layers']} of {placement['layers']}", placement["fallback"], placement["batch"],
            f"{load['seconds']:.2f}", f"{scored['tokens'] / scored['seconds']:.1f}", f"{held:.0f}", free, shown(before),
            shown(loaded), shown(freed), children]


def crowded(arguments, model, environment):
    """All layers, while another process holds most of the memory. The MiB that it took, and a row."""
    with probes.Asked(arguments.build / "bench" / "bench_take_gpu_memory", arguments.leave_mib,
                      environment=environment) as taker:
        taken = taker.answer()
        return taken, one_setting(arguments, model, "all", environment)


def rewriting(arguments, model, layers):
    """The tables of rewrite_speed.py, with so many layers on the GPU."""
    asked = argparse.Namespace(build=arguments.build, words=arguments.words, misread=[10, 30, 100], foresight=True, ngram=True,
                               threads=len(os.sched_getaffinity(0)), gpu_layers=layers, time="wall",
                               llama_server=arguments.llama_server)
    return rewrite_speed.tables(rewrite_speed.medians(
        [rewrite_speed.one_round(asked, pathlib.Path(model)) for _ in range(arguments.rounds)]))


def measured(arguments, environment):
    with tempfile.TemporaryDirectory() as folder:
        model = arguments.model or probes.make_model(arguments.build, arguments.shape, arguments.models or folder)
        rows = [one_setting(arguments, model, layers, environment) for layers in arguments.layers.split(",")]
        taken, last = crowded(arguments, model, environment)
        return rows, taken, last, rewriting(arguments, model, ALL_LAYERS), os.path.getsize(model) / MIB


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    root = probes.HERE.parent
    parser.add_argument("--shape", default="qwen2.5-3b")
    parser.add_argument("--model", type=pathlib.Path, help="a GGUF file instead of one that is made")
    parser.add_argument("--layers", default="0,10,20,all")
    parser.add_argument("--leave-mib", type=int, default=1500)
    parser.add_argument("--places", type=int, default=64)
    parser.add_argument("--words", type=int, default=200, help="of the text that is rewritten")
    parser.add_argument("--rounds", type=int, default=3, help="of rewriting")
    parser.add_argument("--llama-server", type=pathlib.Path, help="beside which rewriting is measured too")
    parser.add_argument("--models", type=pathlib.Path, help="where the model that is made is kept")
    parser.add_argument("--backends", type=pathlib.Path, help="instead of where install_backend.sh puts them")
    parser.add_argument("--build", type=pathlib.Path, default=root / "build" / "release")
    parser.add_argument("--output", type=pathlib.Path)
    arguments = parser.parse_args()
    environment = {"EMEND_BACKENDS_DIR": str(arguments.backends)} if arguments.backends else {}
    os.environ.update(environment)
    gpus = [device for device in host_memory.devices(arguments.build, environment) if device["is_gpu"]]
    if not gpus:
        print("skipped: no GPU, or no backend for it (scripts/install_backend.sh)")
        raise SystemExit(SKIPPED)
    rows, taken, last, rewritten, size = measured(arguments, environment)
    head = ["layers asked", "on the GPU", "steps down", "batch", "load, s", "tokens/s", "held, MiB",
            "free before / loaded / after, MiB", "used before (nvidia-smi)", "used, loaded", "used, freed",
            "children left"]
    lines = probes.heading("Layers on a GPU", arguments.build,
                           f"bench/gpu.py --shape {arguments.shape} --layers {arguments.layers} "
                           f"--leave-mib {arguments.leave_mib} --places {arguments.places}")
    lines += [f"- {gpu['name']}: {gpu['description']}, {gpu['memory_total_mib']} MiB" for gpu in gpus]
    lines += ["", f"A model of {size:.0f} MiB with random weights. \"Held\" and \"free\" are what emend reports; the "
              "columns of nvidia-smi are measured from outside.", "", *probes.table(head, rows), "",
              f"All layers, while another process holds {taken} MiB of the first GPU:", "", *probes.table(head, [last]),
              "", "## Rewriting by verification", "",
              "All layers on the GPU, choices scripted; the goal is 15 times as fast as generation.", "", *rewritten]
    probes.write(lines, arguments.output)


if __name__ == "__main__":
    main()
