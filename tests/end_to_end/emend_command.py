# SPDX-License-Identifier: Apache-2.0
"""Runs the real `emend` of the build tree, as a user would, in a folder of its own.

Each test case has `self.folder`, removed at its end. Temporary files of emend go to
`self.temporary`, which has to be empty when a test ends; no child may be left either.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PREFIX = pathlib.Path(os.environ["EMEND_PREFIX"])
EMEND = PREFIX / "bin" / "emend"
EXAMPLES = SOURCE / "examples"
INVOICE = EXAMPLES / "invoice.png"
THREE_PAGES = EXAMPLES / "three_pages.pdf"
TWO_PAGES = EXAMPLES / "two_pages.tif"

# include/emend/error.h and src/core/error.cpp; docs/cli.md tells users.
OK, BAD_USE, NOTICES, NOT_FOUND, UNREADABLE, TOO_LARGE = 0, 2, 3, 4, 5, 6
MISSING, ENGINE_FAILED, NETWORK_FAILED, IO_FAILED, CANCELLED = 7, 8, 9, 10, 130

# Generous: a slow machine must not fail a test. What hangs is stopped by ctest.
PATIENCE_S = 240


def children(pid):
    """The processes whose parent is `pid`, as {pid: command name}. Zombies are not counted."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text()
            name = (entry / "cmdline").read_bytes().split(b"\0")[0].decode()
        except OSError:
            continue
        state, parent = stat[stat.rindex(")") + 2:].split()[:2]
        if int(parent) == pid and state != "Z":
            found[int(entry.name)] = pathlib.Path(name).name
    return found


def processor_seconds(pid):
    """What a process has used, 0 when it has gone."""
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0.0
    fields = stat[stat.rindex(")") + 2:].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def worker_at_work(pid, used_s=0.3):
    """A page worker of the process `pid` that has begun to read, else nothing."""
    for child, name in children(pid).items():
        if name == "emend-page-worker" and processor_seconds(child) >= used_s:
            return child
    return None


def has_ended(pid):
    """Whether a process is gone. In a container nobody may reap it, so a zombie has ended too."""
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True
    return stat[stat.rindex(")") + 2:].startswith("Z")


def wait_for(condition, what):
    """Polls until `condition()` is true; its value."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"waited {PATIENCE_S} s in vain for {what}")


class EmendTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="emend-test-"))
        self.temporary = self.folder / "tmp"
        self.temporary.mkdir()
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.state = self.folder / "state"
        self.environment = {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LC_ALL": "C.UTF-8",
                            "TMPDIR": str(self.temporary), "XDG_STATE_HOME": str(self.state)}

    def command(self, *arguments):
        return [EMEND, *map(str, arguments)]

    def start(self, *arguments, **options):
        """`emend` with `arguments` as a process that goes on; both outputs are pipes."""
        return subprocess.Popen([EMEND, *map(str, arguments)], cwd=self.folder, env=self.environment,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                stdin=subprocess.DEVNULL, **options)

    def emend(self, *arguments, stdin=b"", code=OK):
        """Runs `emend` and checks its exit status. `stdout` and `stderr` of the result are text."""
        done = subprocess.run([EMEND, *map(str, arguments)], cwd=self.folder, env=self.environment,
                              input=stdin, capture_output=True, timeout=PATIENCE_S, check=False)
        done.stdout = done.stdout.decode()
        done.stderr = done.stderr.decode()
        expected = code if isinstance(code, tuple) else (code,)
        self.assertIn(done.returncode, expected, f"emend {arguments}:\n{done.stderr}\n{done.stdout[:2000]}")
        self.assertEqual(list(self.temporary.iterdir()), [], "temporary files were left behind")
        return done

    def document(self, *arguments, code=OK):
        """The JSON form of the one input among `arguments`."""
        return json.loads(self.emend("--format", "json", *arguments, code=code).stdout)

    def path(self, name):
        return self.folder / name

    def write(self, name, data):
        self.path(name).write_bytes(data)
        return self.path(name)


def without_provenance(names):
    """The names of results without those of the files that say where a text came from; each has its text."""
    told = [name for name in names if name.endswith(".provenance.json")]
    results = [name for name in names if name not in told]
    for name in told:
        if name.removesuffix(".provenance.json") not in results:
            raise AssertionError(f"{name} has no result beside it")
    return results


def skip_without(command):
    """For tests that need a tool of Debian: says so loudly instead of passing."""
    return unittest.skipUnless(shutil.which(command, path="/usr/bin:/bin"), f"{command} is not installed")


def main():
    unittest.main(module=sys.modules["__main__"], verbosity=2)
