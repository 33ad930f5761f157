#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What becomes of bad and odd files: each has to end in a result or in a clear message, and emend itself never dies.

    bad_files.py FOLDER... [--bombs [NAME...]] [--part 1/4] [--log FILE] [--page-timeout 60] [--limit 600] [--build DIR]
    bad_files.py --table FILE        the table of a log, for docs/measurements/bad_files.md

Every file below the folders is read by an emend of its own with one worker, two at a time; with --bombs also those of
bombs.py, with a worker for each core. A line of JSON for each goes to the log; files that are in it already are left out, so that the run can be done in parts.

What is a fault: an end by a signal or with a status that docs/cli.md does not know; a status that is not 0 without a
message that names the file; a result with neither words nor a notice; more than --limit seconds; a child that is left.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import bombs
import host_probes as probes

SOURCE = pathlib.Path(__file__).resolve().parents[1]
DEFAULT_BUILD = SOURCE / "build" / "release"
KNOWN_STATUS = {0, 2, 3, 4, 5, 6, 7, 8, 10}
AT_ONCE = 2


def look(path, build, page_timeout, limit, jobs=1):
    """What emend makes of one file."""
    command = [build / "bin" / "emend", path, "--format", "json", "--jobs", str(jobs), "--page-timeout",
               str(page_timeout)]
    found = {"file": str(path), "bytes": os.path.getsize(path) if os.path.isfile(path) else 0}
    begin = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        running = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL)
        peak = 0
        while running.poll() is None and time.monotonic() - begin < limit:
            time.sleep(0.1)
            family = [running.pid, *probes.descendants(running.pid)]
            peak = max(peak, sum(probes.memory_of(process)["Pss"] for process in family))
        if running.poll() is None:
            found["fault"] = f"not done after {limit} s"
            running.kill()
        found.update(status=running.wait(), seconds=round(time.monotonic() - begin, 1), peak_mib=peak // probes.MIB)
        out.seek(0), err.seek(0)
        text, said = out.read(), err.read().decode(errors="replace")
    found["said"] = said.strip().replace(str(path), "FILE")[:600]
    if text and "fault" not in found:  # what was killed has left half of it
        document = json.loads(text)
        found["pages"] = len(document["pages"])
        found["words"] = sum(len(line["words"]) for page in document["pages"] for line in page["lines"])
    if "fault" not in found:
        fault = fault_of(found)
        if fault:
            found["fault"] = fault
    return found


def fault_of(found):
    status = found["status"]
    if status < 0:
        return f"killed by signal {-status}"
    if status not in KNOWN_STATUS:
        return f"unknown status {status}"
    if status != 0 and "FILE" not in found["said"]:
        return "failed without naming the file"
    if status == 0 and found.get("words", 0) == 0:
        return "neither words nor a notice"
    return None


def outcome(found):
    if "fault" in found:
        return "FAULT: " + found["fault"]
    if found["status"] == 0:
        return "result"
    return "result with notices" if found["status"] == 3 else f"refused (status {found['status']})"


def all_files(folders):
    """With the name of its folder, the path of each file below it."""
    return sorted((pathlib.Path(folder).name, path) for folder in folders for path in pathlib.Path(folder).rglob("*")
                  if path.is_file())


def table(found):
    """By folder: how many files, and what became of them; then the bombs one by one."""
    groups, lines = collections.defaultdict(list), []
    for one in found:
        groups[one["set"]].append(one)
    lines += ["| files | number | result | result with notices | refused with a message | faults | slowest, s |",
              "| --- | --- | --- | --- | --- | --- | --- |"]
    for name, group in sorted(groups.items()):
        kinds = collections.Counter(outcome(one).split(" (")[0].split(":")[0] for one in group)
        lines.append(f"| {name} | {len(group)} | {kinds['result']} | {kinds['result with notices']} "
                     f"| {kinds['refused']} | {kinds['FAULT']} | {max(one['seconds'] for one in group)} |")
    lines += ["", "| bomb | bytes | what becomes of it | seconds | peak, MiB | what is said |",
              "| --- | --- | --- | --- | --- | --- |"]
    for one in sorted(groups["bombs"], key=lambda one: one["file"]):
        said = one["said"].splitlines()[0].replace("emend: FILE: ", "").replace("|", "/") if one["said"] else ""
        lines.append(f"| {pathlib.Path(one['file']).name} | {one['bytes']} | {outcome(one)} | {one['seconds']} "
                     f"| {one['peak_mib']} | {said[:160]} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="*")
    parser.add_argument("--bombs", nargs="*")
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--log", type=pathlib.Path, default=pathlib.Path("bad_files.jsonl"))
    parser.add_argument("--page-timeout", type=int, default=60)
    parser.add_argument("--limit", type=int, default=600)
    parser.add_argument("--build", type=pathlib.Path, default=DEFAULT_BUILD)
    parser.add_argument("--table", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.table:
        print(table([json.loads(line) for line in arguments.table.read_text().splitlines()]))
        return
    lines = arguments.log.read_text().splitlines() if arguments.log.exists() else []
    done = {json.loads(line)["file"] for line in lines}
    part, parts = map(int, arguments.part.split("/"))
    files = all_files(arguments.folders)[part - 1::parts]
    if arguments.bombs is not None:
        made = bombs.write(os.path.join(tempfile.gettempdir(), "emend-bombs"), arguments.bombs or None)
        files += [("bombs", path) for path in made]
    todo = [(name, path) for name, path in files if str(path) not in done]
    faults = 0
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool, arguments.log.open("a") as log:
        futures = {pool.submit(look, path, arguments.build.resolve(), arguments.page_timeout, arguments.limit,
                               0 if name == "bombs" else 1): name for name, path in todo}
        for future in concurrent.futures.as_completed(futures):
            found = {**future.result(), "set": futures[future]}
            log.write(json.dumps(found) + "\n")
            log.flush()
            if "fault" in found:
                faults += 1
                print(found["file"], outcome(found), found["said"], sep="\n  ", flush=True)
    print(f"{len(todo)} files, {faults} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
