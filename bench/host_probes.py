# SPDX-License-Identifier: Apache-2.0
"""What the measurements of the model host share: the programs that are asked line by line, memory as seen from outside,
and the way in which a result is written down."""

import datetime
import json
import os
import pathlib
import platform
import shutil
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
MIB = 1 << 20


class Asked:
    """A program that answers each line of standard input with a line of standard output."""

    def __init__(self, *command, environment=None):
        self._process = subprocess.Popen([str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         text=True, env={**os.environ, **(environment or {})})
        self.pid = self._process.pid

    def ask(self, line):
        try:
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass
        return self.answer()

    def answer(self):
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self._process.args[0]} ended with status {self._process.wait()}")
        answer = json.loads(line)
        if isinstance(answer, dict) and "error" in answer:
            raise SystemExit(f"{self._process.args[0]}: {answer['error']}")
        return answer

    def end(self):
        self._process.stdin.close()
        self._process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()


def descendants(pid):
    """All living processes below `pid`, zombies left out."""
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if fields[0] != "Z":
            parents[int(entry.name)] = int(fields[1])
    found, layer = [], [pid]
    while layer:
        layer = [child for child, parent in parents.items() if parent in layer]
        found += layer
    return found


def memory_of(pid):
    """{"Rss": bytes, "Pss": bytes} of one process as the kernel counts them; zero when it is gone."""
    figures = {"Rss": 0, "Pss": 0}
    try:
        for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            name = line.split(":")[0]
            if name in figures:
                figures[name] = int(line.split()[1]) * 1024
    except OSError:
        pass
    return figures


def gpu_mib_used():
    """Of all NVIDIA GPUs together, as their driver tells anybody; None where there is none."""
    if not shutil.which("nvidia-smi"):
        return None
    asked = subprocess.run(["nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits"],
                           capture_output=True, text=True, check=False)
    return sum(int(line) for line in asked.stdout.split()) if asked.returncode == 0 and asked.stdout.strip() else None


def settled_gpu_mib_used():
    """The same after a moment: the driver's figure lags behind the end of a process."""
    last = gpu_mib_used()
    for _ in range(20):
        time.sleep(0.25)
        now = gpu_mib_used()
        if now == last:
            break
        last = now
    return last


def make_model(programs, shape, folder):
    """A model of that shape in `folder`; one that is there already is taken."""
    path = pathlib.Path(folder) / f"{shape}-q8_0.gguf"
    if not path.exists():
        part = path.with_suffix(".part")
        subprocess.run([programs / "bench" / "bench_make_model", shape, part], check=True)
        part.rename(path)
    return path


def add_model_arguments(parser):
    """Which model a bench measures, and which build."""
    parser.add_argument("--shape", action="append", help="of a model that is made (default: qwen2.5-0.5b)")
    parser.add_argument("--model", type=pathlib.Path, help="a GGUF file instead")
    parser.add_argument("--models", type=pathlib.Path, help="where models that are made are kept")
    parser.add_argument("--build", type=pathlib.Path, default=HERE.parent / "build" / "release")


def models_of(arguments, folder):
    """(shapes, files) of what add_model_arguments() took; models are made in `folder` unless --models names another."""
    if arguments.model:
        return [], [arguments.model]
    shapes = arguments.shape or ["qwen2.5-0.5b"]
    return shapes, [make_model(arguments.build, shape, arguments.models or folder) for shape in shapes]


def machine():
    """One line: processor, its threads, memory, system."""
    processor = next((line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                      if line.startswith("model name")), platform.processor())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return f"{processor}, {os.cpu_count()} hardware threads, {memory:.0f} GiB"


def version(programs):
    asked = subprocess.run([programs / "bin" / "emend", "--version"], capture_output=True, text=True, check=True)
    return asked.stdout.strip()


def heading(title, programs, command):
    today = datetime.date.today().isoformat()
    return [f"# {title}", "", f"{today}, {version(programs)}, {machine()}.", "", "```sh", command, "```", ""]


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]


def write(lines, path):
    text = "\n".join(lines).rstrip() + "\n"
    if path is None:
        print(text, end="")
    else:
        pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
        pathlib.Path(path).write_text(text)
        print(f"written: {path}")
