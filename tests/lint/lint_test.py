#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each lint finds the violation that it is there for, and nothing in a clean tree.

usage: lint_test.py COMPILER
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import docs
import form
import headers
import layers
import quiet
import scripts
import sources

COMPILER = "c++"
LICENCE = "// SPDX-License-Identifier: Apache-2.0\n"


class LintTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)

    def write(self, name, text, executable=False):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if executable:
            os.chmod(path, 0o755)
        return path

    def assert_found(self, violations, *pieces):
        self.assertEqual(len(violations), len(pieces), violations)
        for violation, piece in zip(violations, pieces):
            self.assertIn(piece, violation)


class Layers(LintTest):
    def test_down_is_allowed(self):
        self.write("src/correct/a.cpp", '#include "correct/a.h"\n#include <vector>\n#include "core/u.h"\n'
                   '#include "emend/error.h"\n#include <sys/stat.h>\n// #include "output/x.h"\n')
        self.assertEqual(layers.violations(self.root), [])

    def test_siblings_and_up_are_found(self):
        self.write("src/correct/a.cpp", '#include "output/a.h"\n#include "pipeline/b.h"\n')
        self.write("src/core/a.h", '#include "process/child.h"\n')
        self.assert_found(layers.violations(self.root), "src/core/a.h:1", "src/correct/a.cpp:1", "src/correct/a.cpp:2")

    def test_third_parties_stay_with_their_owner(self):
        self.write("src/page_worker/a.cpp", "#include <tesseract/baseapi.h>\n")
        self.assertEqual(layers.violations(self.root), [])
        self.write("src/pipeline/a.cpp", "#include <tesseract/baseapi.h>\n#include <llama.h>\n")
        self.write("src/output/a.cpp", "#include <boost/any.hpp>\n")
        self.assert_found(layers.violations(self.root), "no owner", "page_worker", "model_host")

    def test_the_contract_is_standard_but_for_expected(self):
        self.write("include/emend/a.h", "#include <tl/expected.hpp>\n#include <string>\n#include \"emend/b.h\"\n")
        self.assertEqual(layers.violations(self.root), [])
        self.write("include/emend/a.h", '#include <nlohmann/json.hpp>\n#include "core/u.h"\n#include <unistd.h>\n')
        self.assert_found(layers.violations(self.root), "belongs to", "may not include", "no standard")

    def test_a_face_sees_the_contract_only(self):
        self.write("apps/cli/main.cpp", '#include "emend/run.h"\n#include "cli/console.h"\n#include <CLI/CLI.hpp>\n#include "core/u.h"\n')
        self.assert_found(layers.violations(self.root), "room core")

    def test_the_binding_sees_the_contract_only(self):
        self.write("python/binding/a.cpp", '#include "emend/run.h"\n#include "binding/a.h"\n#include <pybind11/stl.h>\n#include "core/u.h"\n')
        self.write("src/pipeline/a.cpp", "#include <pybind11/stl.h>\n")
        self.assert_found(layers.violations(self.root), "room core", "belongs to python/binding")


class Headers(LintTest):
    def test_a_header_that_needs_another_is_found(self):
        self.write("include/emend/good.h", "#pragma once\n#include <string>\nstd::string f();\n")
        self.assertEqual(headers.violations(self.root, [COMPILER]), [])
        self.write("include/emend/bad.h", "#pragma once\nstd::string f();\n")
        self.write("include/emend/twice.h", "struct A {};\n")
        self.assert_found(headers.violations(self.root, [COMPILER]), "bad.h: does not", "twice.h: does not")

    def test_what_a_source_includes_first_is_compiled_by_the_build(self):
        self.write("src/core/bad.h", "#pragma once\nstd::string f();\n")
        self.write("src/core/late.h", "#pragma once\nstd::string g();\n")
        self.write("src/core/twice.h", "struct A {};\n")
        self.write("src/core/bad.cpp", '// As named.\n#include "core/bad.h"\n\n#include "core/late.h"\n')
        self.write("src/core/late.cpp", '#include <string>\n#include "core/late.h"\n')
        self.write("src/core/twice.cpp", '#include "core/twice.h"\n')
        self.assert_found(headers.violations(self.root, [COMPILER]), "late.h: does not", "twice.h: does not")

    def test_a_result_that_may_be_dropped_is_found(self):
        self.write("include/emend/a.h", "[[nodiscard]] Result<int> a();\n[[nodiscard]] virtual Result<\n  int> b() = 0;\n"
                   "struct S {\n [[nodiscard]] static Result<S> c();\n private:\n  [[nodiscard]] Result<void> d();\n};\n"
                   "using F = std::function<Result<int>(int)>;\n// Result<int> e();\nResult<int> field;\n")
        self.assertEqual(headers.undiscarded(self.root), [])
        self.write("include/emend/a.h", "#include <x>\nResult<int> a();\nstruct S {\n virtual Result<std::vector<int>> b() = 0;\n"
                   " public:\n  static Result<S> c();\n};\n[[nodiscard]] int z();\ntemplate <class T>\nResult<T> d(T t);\n")
        self.assert_found(headers.undiscarded(self.root), "a returns", "b returns", "c returns", "d returns")


class Quiet(LintTest):
    def test_words_are_found(self):
        self.write("src/core/a.cpp", "// throw\nauto s = \"std::cout\";\nout.printf(1); snprintf(b, 1, s);\n")
        self.assertEqual(quiet.violations(self.root), [])
        self.write("src/core/a.cpp", 'void f() {\n  throw 1;\n  std::cerr << 1;\n  printf("x");\n  std::abort();\n}\n')
        self.assert_found(quiet.violations(self.root), "a.cpp:2", "a.cpp:3", "a.cpp:4", "a.cpp:5")

    def build(self, text):
        source = self.write("x.cpp", text)
        library = self.root / "libx.so"
        subprocess.run([COMPILER, "-shared", "-fPIC", "-O1", source, "-o", library], check=True)
        return library

    def test_symbols_are_found(self):
        library = self.build("#include <cstdio>\nint f(char* b) { return std::snprintf(b, 1, \"%p\", b); }\n")
        self.assertEqual(quiet.violations(self.root, library), [])
        library = self.build("#include <cstdio>\n#include <cstdlib>\n#include <iostream>\n"
                             "void f(int i) { if (i) std::abort(); std::printf(\"%d\", i); std::cerr << i; }\n")
        self.assert_found([f"uses {name}" for name in sorted(quiet.loud_symbols(library))], "abort", "printf", "std::cerr", "std::ios_base")


class Form(LintTest):
    def test_a_clean_file_passes(self):
        self.write("src/core/a.cpp", LICENCE + 'auto s = "\u20ac";\nvoid f(int a) {\n}\n')
        self.assertEqual(form.violations(self.root), [])

    def test_a_missing_licence_is_found(self):
        self.write("src/core/a.cpp", "int a;\n")
        self.write("src/core/CMakeLists.txt", "x()\n")
        self.write("scripts/x.sh", "#!/bin/sh\n")
        self.assert_found(form.violations(self.root), "x.sh:1: no SPDX", "CMakeLists.txt:1: no SPDX", "a.cpp:1: no SPDX")

    def test_long_files_are_found(self):
        self.write("src/core/a.cpp", LICENCE + "int a;\n" * 400)
        self.write("tests/unit/a.cpp", LICENCE + "int a;\n" * 600)
        self.write("ARCHITECTURE.md", "x\n" * 200)
        self.assert_found(form.violations(self.root), "ARCHITECTURE.md: 200", "a.cpp: 401", "a.cpp: 601")

    def test_long_functions_are_found(self):
        body = "  if (a) {\n    b();\n  }\n" * 20
        for head in ("int f(int a) {", "int f(int a,\n      int b) {", "A::A() : a_(1) {", "TEST(A, B) {",
                     "template <class T>\nint f(T a) {"):
            self.write("src/core/a.cpp", LICENCE + "namespace x {\n\n" + head + "\n" + body + "}\n\n}\n")
            self.assert_found(form.violations(self.root), "a function of 6")
        self.write("src/core/a.cpp", LICENCE + "class A {\n public:\n  int f() const {\n" + "    a();\n" * 60 + "  }\n};\n")
        self.assert_found(form.violations(self.root), "a.cpp:4: a function of 62")
        self.write("src/core/a.cpp", LICENCE + "class A {\n" + "  void f(int a) { b(); }\n" * 70 + "};\n")
        self.assertEqual(form.violations(self.root), [])
        self.write("src/core/a.cpp", LICENCE)
        self.write("tests/x.py", "# SPDX-License-Identifier: Apache-2.0\ndef f():\n" + "    a()\n" * 60)
        self.assert_found(form.violations(self.root), "f has 61")

    def test_characters_are_found(self):
        self.write("src/core/a.cpp", LICENCE + "// caf\u00e9\n")
        self.write("src/core/b.cpp", LICENCE + 'auto s = "\u202e";\n')
        self.write("src/core/c.cpp", LICENCE + "\tint a;\n")
        self.write("docs/a.md", "a\u200bb\n")
        self.write("docs/b.md", "caf\u00e9\n")
        self.assert_found(form.violations(self.root), "a.md:1: invisible", "outside a string", "b.cpp:2: invisible", "tab")

    def test_paths_of_one_machine_are_found(self):
        self.write("docs/a.md", "in build/deps/work and /usr/home\nsee /home/someone/x\n")
        self.assert_found(form.violations(self.root), "a.md:2: a path of one machine: /home/someone")


class Docs(LintTest):
    HELPS = {"": "  -l,--languages TEXT\n  --pages TEXT\n", "doctor": "  --json\n"}

    def test_what_exists_passes(self):
        self.write("demo.sh", "")
        self.write("README.md", "[a](demo.sh) [b](https://x.invalid/y)\n```sh\n$ ./demo.sh x.png   # --no\n"
                   "emend a.pdf -l eng \\\n  --pages 1-3 | less --nonsense\nA=1 build/bin/emend doctor --json\n```\n")
        self.assertEqual(docs.violations(self.root, self.HELPS, COMPILER), [])

    def test_what_does_not_is_found(self):
        self.write("docs/a.md", "[a](gone.md)\n```sh\n./gone.sh\nemend --wrong a.pdf\nemend doctor --pages=1 --jso\n```\n")
        self.assert_found(docs.violations(self.root, self.HELPS, COMPILER), "gone.md", "a.md:3: no such script", "a.md:4", "--jso")

    def test_a_program_that_does_not_compile_is_found(self):
        self.write("include/emend/a.h", "//\n//   const int x = a();\n#pragma once\ninline int a() { return 0; }\n")
        self.write("README.md", "```cpp\n#include <emend/a.h>\nint main() { return a(); }\n```\n```cpp\npiece();\n```\n")
        self.assertEqual(docs.violations(self.root, self.HELPS, COMPILER), [])
        self.write("README.md", "```cpp\n#include <emend/a.h>\nint main() { return b(); }\n```\n")
        self.assert_found(docs.violations(self.root, self.HELPS, COMPILER), "README.md:1: does not compile")

    def test_an_example_in_a_header_that_does_not_compile_is_found(self):
        self.write("include/emend/a.h", "// Is used so:\n//\n//   const int x = a();\n//   a();\n//\n// And so on; text.\n//\n//   model.gguf   a file;\n#pragma once\nint a();\n")
        self.assertEqual(docs.violations(self.root, self.HELPS, COMPILER), [])
        self.write("include/emend/a.h", "//\n//   const int x = b();\n#pragma once\nint a();\n")
        self.assert_found(docs.violations(self.root, self.HELPS, COMPILER), "a.h:2: the example does not compile")
        self.write("include/emend/a.h", "//\n//   #include <vector>\n//   const std::vector<int> x(a());\n//\n//   x.at(0);\n#pragma once\nint a();\n")
        self.assertEqual(docs.violations(self.root, self.HELPS, COMPILER), [])

    def test_a_header_without_an_example_is_found(self):
        self.write("include/emend/a.h", "// An a.\n#pragma once\nint a();\n")
        self.assert_found(docs.violations(self.root, self.HELPS, COMPILER), "a.h: there is no example")


class Scripts(LintTest):
    def test_a_good_script_passes(self):
        self.write("x.sh", "#!/bin/sh\necho \"$1\"\n", executable=True)
        self.assertEqual(scripts.violations(self.root), [])

    def test_a_bad_script_is_found(self):
        self.write(".ci/run", "#!/bin/sh\nrm $1\n")
        self.assert_found(scripts.violations(self.root), "not executable", "SC2086")


class CodeOnly(unittest.TestCase):
    def test_strings_and_comments_are_blanked(self):
        text = 'a = "x // y"; // z\nb = R"(1"2)"; c = 1\'000\'000; /* d\n */ e = \'"\'; f'
        self.assertEqual(sources.code_only(text).split(), ["a", "=", ";", "b", "=", ";", "c", "=", "1'000'000;", "e", "=", ";", "f"])
        self.assertEqual(sources.code_only(text).count("\n"), text.count("\n"))
        self.assertEqual(sources.comments_only(text).split(), ["//", "z", "/*", "d", "*/"])


if __name__ == "__main__":
    if len(sys.argv) > 1:
        COMPILER = sys.argv.pop(1)
    unittest.main()
