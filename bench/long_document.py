#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A long scanned PDF: memory against its length, a kill in its middle, speed against OCRmyPDF.

    long_document.py [--pages 1000] [--few 50] [--kill-at 300] [--jobs 2] [--dpi 200] [--quality fast]
                     [--format txt,json,pdf] [--ocrmypdf] [--build DIR] [--folder DIR] [--output FILE]

Makes a PDF of scans (scanned_pdf.py), reads its first --few pages and all of it, kills a third run with SIGKILL when
--kill-at pages are done, runs the same command again and compares the results byte by byte. Memory is what the kernel
says of emend and all its children together (PSS and RSS of /proc/PID/smaps_rollup), looked at four times a second. With
--ocrmypdf the same file is also read by `ocrmypdf --output-type pdf -O0`, its fastest. The status is 1 when the results
differ, when pages were read twice, or when the memory of all pages is more than 1.1 times that of the few.
"""

import argparse
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time

import host_probes as probes
import scanned_pdf

MIB = probes.MIB
LOOK_EVERY_S = 0.25
MOST_GROWTH = 1.1


class Peak(threading.Thread):
    """The most memory that a process and its children have had together."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self._pid, self._ended = pid, threading.Event()
        self.pss = self.rss = 0
        self.start()

    def run(self):
        while not self._ended.wait(LOOK_EVERY_S):
            sums = [probes.memory_of(process) for process in [self._pid, *probes.descendants(self._pid)]]
            self.pss = max(self.pss, sum(s["Pss"] for s in sums))
            self.rss = max(self.rss, sum(s["Rss"] for s in sums))

    def end(self):
        self._ended.set()
        self.join()
        return {"peak_pss_mib": round(self.pss / MIB, 1), "peak_rss_mib": round(self.rss / MIB, 1)}


class Emend:
    """Runs of one command in a folder of their own."""

    def __init__(self, build, folder, jobs, formats, quality):
        self._program, self._folder = pathlib.Path(build).resolve() / "bin" / "emend", pathlib.Path(folder)
        self._words = ["--jobs", str(jobs), "--format", formats, "--progress", "json", "--quality", quality]
        self._environment = {**os.environ, "XDG_STATE_HOME": str(self._folder / "state")}

    def read(self, pdf, out, *more, kill_at=None):
        """Reads `pdf` into the folder `out`; kills it when `kill_at` pages are done."""
        begin = time.monotonic()
        running = subprocess.Popen([self._program, pdf, "-o", str(self._folder / out / "{stem}.{ext}"), *self._words,
                                    *more], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
                                   env=self._environment)
        peak, done, told = Peak(running.pid), 0, []
        for line in running.stderr:
            event = json.loads(line)
            if event["event"] == "progress":
                done = event["pages_done"]
            else:
                told.append(event)
            if kill_at is not None and done >= kill_at:
                running.send_signal(signal.SIGKILL)
                break
        memory = peak.end()
        status = running.wait()
        running.stderr.close()
        if kill_at is None and status not in (0, 3):
            sys.exit(f"emend ended with status {status}: {told}")
        seconds = time.monotonic() - begin
        return {"seconds": round(seconds, 1), "pages": done, "pages_per_s": round(done / seconds, 3), **memory,
                "told": [event.get("message", "") for event in told if event["event"] == "note"]}

    def journal(self):
        """The size of what is kept of the killed job, and of how many pages."""
        found = json.loads(subprocess.run([self._program, "doctor", "--json"], env=self._environment, check=False,
                                          capture_output=True).stdout)["unfinished_jobs"]
        return {"pages": sum(job["pages"] for job in found), "bytes": sum(job["bytes"] for job in found)}

    def results(self, out):
        return {path.name: path.read_bytes() for path in sorted((self._folder / out).iterdir())}


def ocrmypdf(pdf, folder, jobs):
    begin = time.monotonic()
    running = subprocess.Popen(["ocrmypdf", "-j", str(jobs), "--output-type", "pdf", "-O0", "--quiet", "--sidecar",
                                str(folder / "ocrmypdf.txt"), str(pdf), str(folder / "ocrmypdf.pdf")],
                               env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    peak = Peak(running.pid)
    status = running.wait()
    return {"seconds": round(time.monotonic() - begin, 1), "status": status, **peak.end()}


def measure(folder, build, pages, few, kill_at, jobs=2, dpi=200, formats="txt,json,pdf", quality="fast",
            with_ocrmypdf=False, most_growth=MOST_GROWTH, tell=lambda name, value: None):
    """All figures, as a dictionary, and what is wrong about them, as sentences."""
    figures, faults = {}, []

    def note(name, value):
        figures[name] = value
        tell(name, value)

    pdf = folder / f"scans_{pages}.pdf"
    if not pdf.exists():
        scanned_pdf.make(pdf, pages, dpi)
    emend = Emend(build, folder, jobs, formats, quality)
    note("input", {"pages": pages, "dpi": dpi, "mib": round(pdf.stat().st_size / MIB, 1)})
    note("few", emend.read(pdf, "few", "--pages", f"1-{few}"))
    note("whole", emend.read(pdf, "whole", "--no-journal"))
    note("killed", emend.read(pdf, "resumed", kill_at=kill_at))
    kept = emend.journal()
    note("journal", kept)
    note("resumed", emend.read(pdf, "resumed"))
    expected, results = emend.results("whole"), emend.results("resumed")
    note("byte-identical", sorted(results) == sorted(expected) and all(results[n] == expected[n] for n in expected))
    note("result_bytes", {name: len(data) for name, data in expected.items()})
    if with_ocrmypdf:
        note("ocrmypdf", ocrmypdf(pdf, folder, jobs))
        figures["ocrmypdf"]["pages_per_s"] = round(pages / figures["ocrmypdf"]["seconds"], 3)
        note("faster", round(figures["whole"]["pages_per_s"] / figures["ocrmypdf"]["pages_per_s"], 3))
    note("memory_growth", round(figures["whole"]["peak_pss_mib"] / figures["few"]["peak_pss_mib"], 3))
    if not figures["byte-identical"]:
        faults.append("the resumed result differs from the undisturbed one")
    if kept["pages"] < kill_at:
        faults.append(f"{kill_at} pages were done, but only {kept['pages']} are in the journal")
    if not any(f"{kept['pages']} pages were read before" in line for line in figures["resumed"]["told"]):
        faults.append("the second run did not take the pages of the journal")
    if figures["memory_growth"] > most_growth:
        faults.append(f"memory grows with the pages: {figures['memory_growth']} times")
    return figures, faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--few", type=int, default=50)
    parser.add_argument("--kill-at", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--quality", default="fast")
    parser.add_argument("--format", default="txt,json,pdf")
    parser.add_argument("--ocrmypdf", action="store_true")
    parser.add_argument("--build", type=pathlib.Path, default=scanned_pdf.SOURCE / "build" / "release")
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--output", type=pathlib.Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="emend-long-") as temporary:
        folder = arguments.folder or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        figures, faults = measure(folder, arguments.build, arguments.pages, arguments.few, arguments.kill_at,
                                  arguments.jobs, arguments.dpi, arguments.format, arguments.quality, arguments.ocrmypdf,
                                  tell=lambda name, value: print(name, json.dumps(value), flush=True))
    if arguments.output:
        arguments.output.write_text(json.dumps(figures, indent=1) + "\n")
    for fault in faults:
        print(f"FAULT: {fault}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
