# SPDX-License-Identifier: Apache-2.0
"""emend beside another llama.cpp and beside PyTorch in one process: neither sees anything of the other.

EMEND_LLAMA: the libllama that the model host links. EMEND_CC: a C compiler, for a library that is called as llama.cpp's are.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

import emend
from emend_package import INVOICE, RAW, CORRECTED, PackageTest, main

LLAMA = pathlib.Path(os.environ["EMEND_LLAMA"])
FOREIGN = ("ggml", "llama", "gguf", "torch", "c10", "tesseract", "lept", "poppler", "cuda", "vulkan")

# What a program can see of its own process that a library might change behind its back.
STATE = """
import ctypes, json, locale, os, pathlib, resource, signal, sys

def state():
    handlers = {number: str(signal.getsignal(number)) for number in signal.valid_signals()}
    limits = {name: resource.getrlimit(getattr(resource, name)) for name in dir(resource) if name.startswith("RLIMIT_")}
    kernel = [line for line in pathlib.Path("/proc/self/status").read_text().splitlines()
              if line.startswith(("SigBlk", "SigIgn", "Umask", "NoNewPrivs", "Seccomp"))]
    return {"folder": os.getcwd(), "locale": locale.setlocale(locale.LC_ALL), "handlers": handlers, "kernel": kernel,
            "limits": limits, **os.environ}

def changed_since(was):
    now = state()
    return [(name, was.get(name), now.get(name)) for name in {**was, **now} if was.get(name) != now.get(name)]

def use_emend():
    import emend
    assert emend.read(INVOICE, jobs=1).pages
    with emend.AI(emend.AIModelConfig(directory_model_path=MODELS)) as ai:
        assert ai.run_postprocessor(RAW) == CORRECTED
        report = ai.free_resources()
        assert report.was_loaded and report.host_ended
"""

# Functions of llama.cpp and ggml in this process: where each is, and in which file.
SYMBOLS = """
class Place(ctypes.Structure):
    _fields_ = [("file", ctypes.c_char_p), ("base", ctypes.c_void_p), ("name", ctypes.c_char_p), ("at", ctypes.c_void_p)]

def places(library):
    everywhere = ctypes.CDLL(None)
    found = {}
    for name in NAMES:
        place = Place()
        address = ctypes.cast(getattr(library, name), ctypes.c_void_p)
        assert ctypes.CDLL(None).dladdr(address, ctypes.byref(place))
        assert ctypes.cast(getattr(everywhere, name), ctypes.c_void_p).value == address.value, name
        found[name] = (address.value, place.file.decode())
    return found
"""
NAMES = ("llama_backend_init", "llama_print_system_info", "ggml_init", "ggml_time_us", "gguf_init_empty")

LLAMA_FIRST = STATE + SYMBOLS + """
library = ctypes.CDLL(LIBRARY, mode=ctypes.RTLD_GLOBAL)
before, was = places(library), state()
use_emend()
assert places(library) == before, (before, places(library))
assert not changed_since(was), changed_since(was)
print(json.dumps(before))
"""

EMEND_FIRST = STATE + SYMBOLS + """
use_emend()
library = ctypes.CDLL(LIBRARY, mode=ctypes.RTLD_GLOBAL)
before = places(library)
use_emend()
assert places(library) == before
print(json.dumps(before))
"""

TORCH = STATE + """
import torch

def computed():
    torch.manual_seed(7)
    a = torch.rand(200, 200)
    return torch.get_num_threads(), torch.linalg.svdvals(a @ a.T).sum().item(), torch.rand(3).tolist()
before, was = computed(), state()
use_emend()
assert computed() == before, (before, computed())
assert not changed_since(was), changed_since(was)
loaded = {line.split()[-1] for line in open("/proc/self/maps") if ".so" in line}
assert sum("libtorch_cpu.so" in file for file in loaded) == 1
print(json.dumps(torch.__version__))
"""


class Linkage(PackageTest):
    def parts(self):
        """The module and libemend, as this process has loaded them."""
        maps = pathlib.Path("/proc/self/maps").read_text(encoding="utf-8")
        found = set(re.findall(r"/\S*/(?:_emend[^/]*|libemend)\.so\S*", maps))
        self.assertEqual(len(found), 2, found)
        return sorted(found, key=lambda path: "libemend" in path)

    def test_nothing_of_an_engine_is_linked(self):
        for part in self.parts():
            needed = subprocess.run(["ldd", part], capture_output=True, text=True, check=True).stdout
            self.assertIn("libstdc++", needed)
            for name in FOREIGN:
                self.assertNotIn(f"lib{name}", needed, part)

    def test_no_name_of_an_engine_is_exported_or_wanted(self):
        foreign = re.compile(r"\b_?(?:llama|ggml|gguf|TessBaseAPI|pix[A-Z])\w*|\b_ZN?K?\d*(?:llama|ggml|torch|c10|at)\d*\w*")
        for part in self.parts():
            names = subprocess.run(["nm", "-D", part], capture_output=True, text=True, check=True).stdout
            self.assertIn("emend", names)
            self.assertEqual(foreign.findall(names), [], part)

    def test_the_module_hands_out_nothing_but_its_start(self):
        module, _ = self.parts()
        names = subprocess.run(["nm", "-D", "--defined-only", module], capture_output=True, text=True, check=True).stdout
        functions = [line.split()[2] for line in names.splitlines() if line.split()[1] == "T"]
        self.assertEqual(functions, ["PyInit__emend"])


class Beside(PackageTest):
    def run_program(self, program, library="", **environment):
        given = {"INVOICE": str(INVOICE), "MODELS": str(self.models_folder()), "RAW": RAW, "CORRECTED": CORRECTED,
                 "LIBRARY": str(library), "NAMES": NAMES}
        head = "".join(f"{name} = {value!r}\n" for name, value in given.items())
        done = subprocess.run([sys.executable, "-B", "-c", head + program], env={**os.environ, **environment},
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def other_llama(self):
        """Libraries that are called as those of llama.cpp and do nothing but exist; the folder with them."""
        folder = self.folder / "other"
        folder.mkdir()
        source = folder / "other.c"
        source.write_text("".join(f"int {name}(void) {{ return 4711; }}\n" for name in NAMES), encoding="utf-8")
        for real in LLAMA.parent.glob("lib*.so.?"):
            subprocess.run([os.environ["EMEND_CC"], "-shared", "-fPIC", source, "-o", folder / real.name,
                            f"-Wl,-soname,{real.name}"], check=True)
        return next(folder.glob("libllama.so.?"))

    def test_the_same_llama_cpp_keeps_its_functions(self):
        for program in (LLAMA_FIRST, EMEND_FIRST):
            places = self.run_program(program, LLAMA)
            self.assertEqual(os.path.realpath(places["llama_backend_init"][1]), str(LLAMA.resolve()))

    def test_another_llama_cpp_of_the_same_names_keeps_its_own_and_the_model_host_its_own(self):
        other = self.other_llama()
        for program in (LLAMA_FIRST, EMEND_FIRST):
            # On the search path too: the host that use_emend() starts must not take it.
            places = self.run_program(program, other, LD_LIBRARY_PATH=str(other.parent))
            self.assertEqual({file for _, file in places.values()}, {str(other)})

    def test_pytorch_computes_the_same(self):
        found = subprocess.run([sys.executable, "-c", "import torch"], capture_output=True, check=False)
        if found.returncode != 0:
            self.skipTest("no torch for this Python (Debian: python3-torch)")
        self.run_program(TORCH)


if __name__ == "__main__":
    main()
