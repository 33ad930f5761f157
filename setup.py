# SPDX-License-Identifier: Apache-2.0
"""Builds the wheel with the same CMake as everything else; pyproject.toml has the rest.

The tree of the preset "release" is configured and built, or, with EMEND_BUILD_DIR set, one that is built already is
taken as it is. The wheel holds the package with libemend, its programs, llama.cpp and the embedded model inside; they
find each other wherever it is installed. Tesseract, poppler and the other libraries of the system stay outside.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile

from setuptools import Distribution, setup
from setuptools.command.build_py import build_py

SOURCE = pathlib.Path(__file__).resolve().parent
VERSION = re.search(r"project\(emend VERSION (\S+)", (SOURCE / "CMakeLists.txt").read_text(encoding="utf-8")).group(1)


def built_tree():
    """The build tree, whole."""
    if "EMEND_BUILD_DIR" in os.environ:
        return pathlib.Path(os.environ["EMEND_BUILD_DIR"]).resolve()
    python = os.path.realpath(sys.executable)
    subprocess.run(["cmake", "--preset", "release", f"-DEMEND_PYTHON={python}"], cwd=SOURCE, check=True)
    subprocess.run(["cmake", "--build", "--preset", "release", "--target", "programs", "emend_python"], cwd=SOURCE,
                   check=True)
    return SOURCE / "build" / "release"


def install(tree, component, prefix):
    subprocess.run(["cmake", "--install", tree, "--strip", "--component", component, "--prefix", prefix], check=True)


class BuildPackage(build_py):
    def run(self):
        tree = built_tree()
        package = pathlib.Path(self.build_lib).resolve() / "emend"
        shutil.rmtree(package, ignore_errors=True)
        with tempfile.TemporaryDirectory() as staging:
            install(tree, "python", staging)
            module = next(pathlib.Path(staging).rglob("_emend*.so"), None)
            if module is None or not module.name.endswith(sysconfig.get_config_var("EXT_SUFFIX")):
                raise SystemExit(f"{tree} holds no module for this Python; build it with -DEMEND_PYTHON={sys.executable}")
            shutil.copytree(module.parent, package)
        install(tree, "Unspecified", package)


class BinaryDistribution(Distribution):
    def has_ext_modules(self):
        return True


(SOURCE / "build").mkdir(exist_ok=True)
setup(version=VERSION, packages=["emend"], package_dir={"emend": "python/emend"}, distclass=BinaryDistribution, cmdclass={"build_py": BuildPackage},
      options={"build": {"build_base": "build/wheel"}, "egg_info": {"egg_base": "build"}})
