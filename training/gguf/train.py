#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the byte model: train.py --text TEXT_DIR --run RUN_DIR [--shape 3m] [--steps N | --seconds S | --until TIME]

TEXT_DIR is what training/text/prepare.py wrote. RUN_DIR gets checkpoint.pt, from which the same
command goes on, log.tsv and, at the end, model.pt. The windows that are drawn and the weights at
the start depend on the seed alone, and with --steps so does the schedule; with --seconds it
follows the time that the steps took, with --until the clock on the wall, for a machine that is lent
for a time or shared.
"""

import argparse
import datetime
import json
import math
import pathlib
import time

import numpy
import torch
from torch.nn import functional

import byte_model
import together
import windows


def orthogonalised(update, precision):
    """Newton-Schulz steps towards the nearest orthogonal matrix, for a batch of matrices (Muon)."""
    x = update.to(precision)
    turned = x.shape[-2] > x.shape[-1]
    if turned:
        x = x.transpose(-1, -2)
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(5):
        square = x @ x.transpose(-1, -2)
        x = 3.4445 * x + (-4.7750 * square + 2.0315 * square @ square) @ x
    return (x.transpose(-1, -2) if turned else x).float()


class Muon:
    """Momentum whose updates are made orthogonal; matrices of one shape together."""

    def __init__(self, matrices, precision, momentum=0.95):
        self.precision, self.momentum = precision, momentum
        self.groups = {}
        for matrix in matrices:
            self.groups.setdefault(matrix.shape, []).append(matrix)
        self.velocities = {shape: torch.zeros(len(group), *shape, device=group[0].device) for shape, group in self.groups.items()}

    @torch.no_grad()
    def step(self, rate):
        for shape, group in self.groups.items():
            gradient = torch.stack([matrix.grad for matrix in group])
            velocity = self.velocities[shape]
            velocity.mul_(self.momentum).add_(gradient)
            update = orthogonalised(gradient + self.momentum * velocity, self.precision)
            scale = max(1.0, shape[0] / shape[1]) ** 0.5
            for matrix, change in zip(group, update):
                matrix.add_(change, alpha=-rate * scale)

    def state(self):
        return {"x".join(map(str, shape)): velocity for shape, velocity in self.velocities.items()}

    def load(self, state):
        for shape, velocity in self.velocities.items():
            velocity.copy_(state["x".join(map(str, shape))])


def rate_at(progress, step):
    """Warm-up over 40 steps, level to 30 % of the run, then straight down to 2 %."""
    fall = 1 - 0.98 * max(0.0, progress - 0.3) / 0.7
    return min(1.0, (step + 1) / 40) * fall


class Run:
    def __init__(self, options, group):
        self.options, self.group = options, group
        self.folder = pathlib.Path(options.run)
        torch.manual_seed(options.seed)
        self.device = torch.device(options.device or ("cuda" if torch.cuda.is_available() else "cpu"))
        self.shape = byte_model.SHAPES[options.shape]
        self.model = byte_model.ByteModel(self.shape).to(self.device)
        if options.begin_with:
            self.model.load_state_dict(torch.load(options.begin_with, map_location=self.device)["model"])
        matrices = self.model.matrices()
        others = [p for p in self.model.parameters() if not any(p is m for m in matrices)]
        self.parameters = matrices + others
        self.precision = torch.bfloat16 if options.bf16 else torch.float32
        self.muon = Muon(matrices, self.precision)
        self.adam = torch.optim.Adam(others, lr=3e-3, betas=(0.9, 0.98))
        self.windows = windows.Windows(pathlib.Path(options.text) / "train", self.shape.context, options.seed)
        self.held_out = sorted((pathlib.Path(options.text) / "held_out").glob("*.txt"))
        self.step, self.seconds, self.progress = 0, 0.0, 0.0
        self.began = time.time()  # the first of the runs that this one goes on from
        self.until = datetime.datetime.fromisoformat(options.until).timestamp() if options.until else None

    def resume(self):
        path = self.folder / "checkpoint.pt"
        if path.exists():
            saved = torch.load(path, map_location=self.device)
            self.model.load_state_dict(saved["model"])
            self.muon.load(saved["muon"])
            self.adam.load_state_dict(saved["adam"])
            self.step, self.seconds, self.began = saved["step"], saved["seconds"], saved["began"]
            if self.group.is_first():
                print(f"goes on at step {self.step} after {self.seconds:.0f} s", flush=True)

    def save(self):
        part = self.folder / "checkpoint.part"
        torch.save({"model": self.model.state_dict(), "muon": self.muon.state(), "adam": self.adam.state_dict(),
                    "step": self.step, "seconds": self.seconds, "began": self.began, "shape": self.options.shape}, part)
        part.replace(self.folder / "checkpoint.pt")

    def own_progress(self):
        if self.options.steps:
            return self.step / self.options.steps
        if self.until:
            return min(1.0, (time.time() - self.began) / (self.until - self.began))
        return min(1.0, self.seconds / self.options.seconds)

    def train_step(self):
        batch = self.windows.batch(self.step, self.options.batch)
        inputs, targets = (torch.from_numpy(self.group.share_of(rows)).to(self.device) for rows in batch)
        logits = self.model(inputs, self.precision)
        loss = functional.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=windows.NOTHING)
        self.model.zero_grad(set_to_none=True)
        loss.backward()
        self.group.share_gradients(self.parameters)
        rate = rate_at(self.progress, self.step)
        for group in self.adam.param_groups:
            group["lr"] = 3e-3 * rate
        self.adam.step()
        self.muon.step(0.02 * rate)
        return loss

    @torch.no_grad()
    def bits_per_byte(self, path, size):
        data = numpy.fromfile(path, numpy.uint8)[:size]
        length = self.shape.context
        rows = torch.from_numpy(data[:len(data) // length * length].astype(numpy.int64)).view(-1, length).to(self.device)
        total = 0.0
        for part in rows.split(16):
            logits = self.model(part[:, :-1], self.precision)
            total += functional.cross_entropy(logits.flatten(0, 1), part[:, 1:].flatten(), reduction="sum").item()
        return total / (rows.shape[0] * (length - 1)) / math.log(2)

    def evaluate(self, size):
        values = {path.stem: round(self.bits_per_byte(path, size), 4) for path in self.held_out}
        seen = self.step * self.options.batch * self.shape.context
        line = {"step": self.step, "seconds": round(self.seconds), "bytes": seen, **values}
        with open(self.folder / "log.jsonl", "a", encoding="ascii") as log:
            log.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)

    def train(self):
        self.resume()
        self.progress = self.group.agreed(self.own_progress())
        saved = reported = time.monotonic()
        while self.progress < 1:
            started = time.monotonic()
            loss = self.train_step()
            self.step += 1
            now = time.monotonic()
            self.seconds += now - started
            self.progress = self.group.agreed(self.own_progress())
            if self.group.is_first() and now - reported > self.options.report_s:
                print(f"step {self.step} {self.seconds:.0f} s loss {loss.item() / math.log(2):.3f} bits", flush=True)
                reported = now
            if self.group.is_first() and now - saved > self.options.save_s:
                self.save()
                self.evaluate(8192)
                saved = time.monotonic()
        if not self.group.is_first():
            return
        self.save()
        torch.save({"model": self.model.state_dict(), "shape": self.options.shape, "step": self.step}, self.folder / "model.pt")
        self.evaluate(60_000)


def train(options, group):
    torch.set_num_threads(options.threads)
    Run(options, group).train()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--text", required=True)
    parser.add_argument("--run", required=True)
    parser.add_argument("--shape", choices=byte_model.SHAPES, default="3m")
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--until", help="local date and time as ISO 8601, when the run is to end")
    parser.add_argument("--batch", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1, help="that share every batch: one for each core of a CPU")
    parser.add_argument("--begin-with", help="a model.pt of the same shape whose weights a new run begins with")
    parser.add_argument("--device", default="")
    parser.add_argument("--bf16", action="store_true", help="multiply in bfloat16, for GPUs and CPUs that have it")
    parser.add_argument("--save-s", type=float, default=300)
    parser.add_argument("--report-s", type=float, default=30)
    options = parser.parse_args()
    folder = pathlib.Path(options.run)
    folder.mkdir(parents=True, exist_ok=True)
    together.run(train, options, options.processes, folder.resolve() / "meeting")


if __name__ == "__main__":
    main()
