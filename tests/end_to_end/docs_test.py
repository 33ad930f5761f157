# SPDX-License-Identifier: Apache-2.0
"""Every example of the command in the documents runs, in a folder with the files that it names.

Not here: `emend models`, which wants a hub (tests/unit/models/models_command_test.cpp), and what sets a machine up.
"""

import json
import os
import re
import shutil
import subprocess

from emend_command import (INVOICE, NOTICES, OK, PREFIX, SOURCE, THREE_PAGES, TWO_PAGES, EmendTest, main, skip_without)

BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
JSON = re.compile(r"^```json\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHOWN = re.compile(r"^```sh\n\$ ([^\n]*)\n```\n\n((?:    [^\n]*\n)+)", re.MULTILINE)
EMPTY_PAGE = (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
              b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
              b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] >>\nendobj\n"
              b"trailer\n<< /Root 1 0 R >>\n")
LEAST = {"README.md": 6, "docs/cli.md": 6, "docs/formats.md": 1}  # examples in each


def text_of(page):
    return (SOURCE / page).read_text(encoding="utf-8")


@skip_without("qpdf")
class Examples(EmendTest):
    def setUp(self):
        super().setUp()
        self.write("empty.pdf", EMPTY_PAGE)
        # Two with print and seven without, which cost nothing: pages up to 9 are named.
        nine_pages = [str(THREE_PAGES), "1-2", *["empty.pdf", "1"] * 7]
        self.path("scans").mkdir()
        for name in ("letter.pdf", "scan.pdf", "b.pdf", "scans/march.pdf"):
            subprocess.run(["qpdf", "--empty", "--pages", *nine_pages, "--", self.path(name)],
                           cwd=self.folder, check=False)  # 3: the empty one is repaired
            self.assertTrue(self.path(name).exists(), name)
        for name in ("invoice.png", "scan.png"):
            shutil.copy(INVOICE, self.path(name))
        for name in ("a.tif", "c.tif"):  # two, so that *.tif means several results
            shutil.copy(TWO_PAGES, self.path(name))
        shutil.copy(TWO_PAGES, self.path("scans/march.tif"))
        self.write("scans/march.gt.txt", b"Invoice\n")
        shutil.copy(os.environ["EMEND_TEST_MODEL"], self.path("model.gguf"))
        self.write("page.txt", b"Invoic # 12345 \nTotal: $1O0.00\n")
        self.environment["PATH"] = f"{PREFIX / 'bin'}:{self.environment['PATH']}"
        self.languages = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True).stdout

    def run_line(self, line):
        command = line if "deu" in self.languages else line.replace("deu+eng", "eng")
        done = subprocess.run(["bash", "-c", command], cwd=self.folder, env=self.environment, capture_output=True,
                              check=False)
        self.assertIn(done.returncode, (OK, NOTICES), f"{line}\n{done.stderr.decode()}")
        return done.stdout.decode()

    def test_all_run(self):
        for page, least in LEAST.items():
            lines = [line for block in BLOCK.findall(text_of(page)) for line in block.splitlines()
                     if re.search(r"\bemend\b", line) and not line.startswith(("$ ", "emend models "))]
            self.assertGreaterEqual(len(lines), least, page)
            for line in lines:
                with self.subTest(page=page, line=line):
                    self.run_line(line)

    def test_what_is_shown_is_what_comes(self):
        found = SHOWN.findall(text_of("README.md"))
        self.assertEqual(len(found), 1)
        for command, shown in found:
            expected = re.sub(r"^    ", "", shown, flags=re.MULTILINE)
            self.assertEqual(self.run_line(command.replace("build/release/bin/emend", "emend")), expected)

    def test_the_document_in_json_is_one(self):
        import jsonschema
        examples = JSON.findall(text_of("docs/json.md"))
        self.assertEqual(len(examples), 1)
        for example in examples:
            jsonschema.validate(json.loads(example), json.loads(text_of("docs/document.schema.json")))


if __name__ == "__main__":
    main()
