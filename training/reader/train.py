#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the reader: train.py --shards DIR --run DIR [--shape numeric] [--until HH:MM | --crops N]

DIR is what render.py writes or is writing. RUN_DIR gets checkpoint.pt, from which the same command
goes on, log.jsonl, and latest.gguf at every save. The crops and the weights at the start depend on
the seed alone, and with --crops so does the schedule; with --until it follows the clock, for a
machine that is lent for a time.
"""

import argparse
import datetime
import json
import pathlib
import sys
import time

import numpy
import torch
from torch.nn import functional

import alphabet
import batches
import export
import model

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "text"))
from edit_distance import edit_distance  # noqa: E402


def rate_at(progress, step, warm_up=150):
    """Warm-up, level to a quarter of the run, then along a cosine to 1 %."""
    fall = 0.5 + 0.5 * numpy.cos(numpy.pi * min(1.0, max(0.0, (progress - 0.25) / 0.75)))
    return min(1.0, (step + 1) / warm_up) * (0.01 + 0.99 * fall)


def deadline(text):
    """The next time that the clock shows HH:MM (UTC), as time.time() counts."""
    now = datetime.datetime.now(datetime.timezone.utc)
    hour, minute = map(int, text.split(":"))
    then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return (then if then > now else then + datetime.timedelta(days=1)).timestamp()


class Run:
    def __init__(self, options):
        self.options, self.folder = options, pathlib.Path(options.run)
        self.folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(options.seed)
        self.device = torch.device(options.device or ("cuda" if torch.cuda.is_available() else "cpu"))
        self.shape = model.SHAPES[options.shape]
        self.reader = model.Reader(self.shape).to(self.device, memory_format=torch.channels_last)
        decayed = [p for p in self.reader.parameters() if p.dim() > 1]
        others = [p for p in self.reader.parameters() if p.dim() <= 1]
        self.optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}], lr=options.rate, betas=(0.9, 0.98))
        self.average = {name: value.clone() for name, value in self.reader.state_dict().items()}
        self.shards = batches.Shards(options.shards, self.shape.letters, options.pixels, options.seed, options.count, options.passes)
        self.step = self.crops = self.shard = self.within = 0
        self.started = time.time()
        self.end = deadline(options.until) if options.until else None

    def resume(self):
        path = self.folder / "checkpoint.pt"
        if path.exists():
            saved = torch.load(path, map_location=self.device)
            self.reader.load_state_dict(saved["reader"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.average = saved["average"]
            for name in ("step", "crops", "shard", "within", "started"):
                setattr(self, name, saved[name])
            print(f"goes on at step {self.step}, {self.crops} crops", flush=True)

    def save(self):
        part = self.folder / "checkpoint.part"
        torch.save({"reader": self.reader.state_dict(), "optimizer": self.optimizer.state_dict(), "average": self.average, "shape": self.options.shape,
                    **{name: getattr(self, name) for name in ("step", "crops", "shard", "within", "started")}}, part)
        part.replace(self.folder / "checkpoint.pt")
        with torch.no_grad():
            export.write(str(self.folder / "latest.part"), self.averaged(), "f16", export.name_of(self.shape.letters))
        (self.folder / "latest.part").replace(self.folder / "latest.gguf")

    def averaged(self):
        reader = model.Reader(self.shape)
        reader.load_state_dict({name: value.cpu() for name, value in self.average.items()})
        return reader.eval()

    def progress(self):
        if self.end:
            return (time.time() - self.started) / (self.end - self.started)
        return self.crops / self.options.crops

    @torch.no_grad()
    def follow(self):
        """The weights that are kept: an average over the last few hundred steps, shorter at the beginning."""
        decay = min(0.997, (1 + self.step) / (10 + self.step))
        for name, value in self.reader.state_dict().items():
            if value.is_floating_point():
                self.average[name].lerp_(value, 1 - decay)
            else:
                self.average[name].copy_(value)

    def train_step(self, batch):
        inputs, labels, lengths = batch
        rate = self.options.rate * rate_at(self.progress(), self.step)
        x = torch.from_numpy(inputs).to(self.device, memory_format=torch.channels_last)
        said = self.reader(x)
        columns = torch.full((len(lengths),), said.shape[0], dtype=torch.long)
        loss = functional.ctc_loss(said, torch.from_numpy(labels).to(self.device), columns, torch.from_numpy(lengths), reduction="sum", zero_infinity=True) / len(labels)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.reader.parameters(), 1.0)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.step()
        self.step, self.crops = self.step + 1, self.crops + len(lengths)
        self.follow()
        return loss

    def report(self, losses):
        line = {"step": self.step, "crops": self.crops, "seconds": round(time.time() - self.started), "nats_per_character": round(float(numpy.mean(losses)), 4)}
        if self.options.held_out:
            line.update(error_rates(self.averaged(), self.options.held_out, self.options.held_out_crops))
        with open(self.folder / "log.jsonl", "a", encoding="ascii") as log:
            log.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)

    def train(self):
        self.resume()
        saved, losses = time.monotonic(), []
        while self.progress() < 1:
            for i, batch in enumerate(self.shards.batches(self.shard)):
                if i < self.within:
                    continue
                if self.progress() >= 1:
                    break
                losses.append(self.train_step(batch).detach().cpu().item())
                self.within = i + 1
                if self.step % 50 == 0:
                    print(f"step {self.step} crops {self.crops} {self.progress():.3f} loss {numpy.mean(losses[-50:]):.4f}", flush=True)
                if time.monotonic() - saved > self.options.save_s:
                    self.save()
                    self.report(losses)
                    saved, losses = time.monotonic(), []
            else:
                self.shard, self.within = self.shard + 1, 0
        self.save()
        self.report(losses or [0])


@torch.no_grad()
def error_rates(reader, folder, most):
    """Of rendered crops that were not trained on: characters wrong, crops with a digit wrong, in %."""
    shards = batches.Shards(folder, reader.shape.letters, 1, 0, 1)
    wrong = characters = bad = numbers = 0
    for crop, label in shards.load(0)[:most]:
        path = reader(torch.from_numpy(crop.astype(numpy.float32) / 255)[None, None])[:, 0].argmax(1).tolist()
        said, meant = alphabet.collapsed(path, reader.shape.letters), "".join(reader.shape.letters[c - 1] for c in label)
        wrong, characters = wrong + edit_distance(said, meant), characters + len(meant)
        if any(c.isdigit() for c in meant):
            bad, numbers = bad + (said != meant), numbers + 1
    return {"character_errors": round(100 * wrong / characters, 2), "wrong_numbers": round(100 * bad / numbers, 2)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--shards", required=True)
    parser.add_argument("--run", required=True)
    parser.add_argument("--shape", choices=model.SHAPES, default="numeric")
    parser.add_argument("--count", type=int, default=64, help="shards that there are or will be; after the last comes the first again")
    parser.add_argument("--passes", type=int, default=1, help="how often in a row a shard is taken, where rendering is slower than training")
    parser.add_argument("--held-out", help="a folder with a shard of another seed")
    parser.add_argument("--held-out-crops", type=int, default=500)
    parser.add_argument("--until", help="HH:MM (UTC): the schedule ends then")
    parser.add_argument("--crops", type=int, default=1_000_000, help="the schedule ends after so many, without --until")
    parser.add_argument("--pixels", type=int, default=7168, help="width of a batch in all")
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="")
    parser.add_argument("--save-s", type=float, default=300)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    Run(options).train()


if __name__ == "__main__":
    main()
