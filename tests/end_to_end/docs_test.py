# SPDX-License-Identifier: Apache-2.0
"""Every example of docs/cli.md runs, in a folder with the files that it names."""

import re
import shutil
import subprocess

from emend_command import (INVOICE, NOTICES, OK, PREFIX, SOURCE, THREE_PAGES, TWO_PAGES, EmendTest, main, skip_without)

BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


@skip_without("qpdf")
class Examples(EmendTest):
    def test_all_run(self):
        nine_pages = [argument for _ in range(3) for argument in (str(THREE_PAGES), "1-3")]
        for name in ("letter.pdf", "scan.pdf", "b.pdf"):
            subprocess.run(["qpdf", "--empty", "--pages", *nine_pages, "--", self.path(name)], check=True)
        shutil.copy(INVOICE, self.path("invoice.png"))
        shutil.copy(TWO_PAGES, self.path("a.tif"))
        self.path("scans").mkdir()
        shutil.copy(TWO_PAGES, self.path("scans/march.tif"))
        self.write("page.txt", b"Invoic # 12345 \nTotal: $1O0.00\n")
        self.environment["PATH"] = f"{PREFIX / 'bin'}:{self.environment['PATH']}"
        languages = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True).stdout
        text = (SOURCE / "docs" / "cli.md").read_text(encoding="utf-8")
        lines = [line for block in BLOCK.findall(text) for line in block.splitlines()]
        self.assertGreater(len(lines), 5)
        for line in lines:
            command = line if "deu" in languages else line.replace("deu+eng", "eng")
            done = subprocess.run(["bash", "-c", command], cwd=self.folder, env=self.environment, capture_output=True,
                                  check=False)
            self.assertIn(done.returncode, (OK, NOTICES), f"{line}\n{done.stderr.decode()}")


if __name__ == "__main__":
    main()
