# SPDX-License-Identifier: Apache-2.0
"""What the tests of the Python package share. The package under test is the `emend` that Python finds.

EMEND_PREFIX: the build tree. EMEND_TEST_MODEL: a small GGUF. EMEND_FAKE_LIBEXEC: the scripted page worker.
"""

import gc
import json
import os
import pathlib
import shutil
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "end_to_end"))
from emend_command import INVOICE, SOURCE, THREE_PAGES, TWO_PAGES, children, wait_for  # noqa: E402,F401

RAW = "Invoic # 12345 \n Total: $1O0.00\n Date: 2023-07-15"
CORRECTED = "Invoice # 12345\nTotal: $100.00\nDate: 2023-07-15"
HUB_MODEL = "Qwen/Qwen2.5-3B-Instruct-GGUF"


def settled(condition, what, patience_s=60):
    """Polls until `condition()` is true: processes that were told to end need a moment."""
    end = time.monotonic() + patience_s
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited {patience_s} s in vain for {what}")
        time.sleep(0.02)


class PackageTest(unittest.TestCase):
    """A folder of its own, no hub, no page worker but the real one; nothing may be left behind."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="emend-python-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.temporary = self.folder / "tmp"
        self.temporary.mkdir()
        self.set_environment(HF_HUB_OFFLINE="1", HF_HUB_CACHE=str(self.folder / "hub"), TMPDIR=str(self.temporary))

    def tearDown(self):
        gc.collect()
        settled(lambda: not children(os.getpid()), "the end of all children")
        self.assertEqual(list(self.temporary.iterdir()), [])

    def set_environment(self, **variables):
        for name, value in variables.items():
            self.addCleanup(self._restore, name, os.environ.get(name))
            os.environ[name] = value

    @staticmethod
    def _restore(name, value):
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value

    def script(self, name, pages, **behaviour):
        """A file for the scripted page worker, which takes the place of the real one in this test."""
        self.set_environment(EMEND_LIBEXEC_DIR=os.environ["EMEND_FAKE_LIBEXEC"])
        what = {key.lstrip("p") if key[1:].isdigit() else key: value for key, value in behaviour.items()}
        path = self.folder / name
        path.write_text(json.dumps({"pages": pages, **what}), encoding="utf-8")
        return path

    def models_folder(self, with_model=True):
        folder = self.folder / "Models"
        folder.mkdir(exist_ok=True)
        if with_model:
            shutil.copy(os.environ["EMEND_TEST_MODEL"], folder / "tiny.gguf")
        return folder


def main():
    unittest.main(module=sys.modules["__main__"], verbosity=2)
