# SPDX-License-Identifier: Apache-2.0
"""Every Python example of the documents runs, in a folder with the files that it names."""

import io
import re
import shutil
from contextlib import redirect_stdout

from emend_package import INVOICE, SOURCE, THREE_PAGES, PackageTest, main

EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
LEAST = {"README.md": 1, "docs/python.md": 7}  # examples in each


class Examples(PackageTest):
    def test_all_run(self):
        self.models_folder()
        shutil.copy(INVOICE, self.folder / "invoice.png")
        shutil.copy(THREE_PAGES, self.folder / "scan.pdf")
        for page in sorted(SOURCE.glob("*.md")) + sorted(SOURCE.glob("docs/**/*.md")):
            name = page.relative_to(SOURCE).as_posix()
            text = page.read_text(encoding="utf-8")
            found = list(EXAMPLE.finditer(text))
            self.assertGreaterEqual(len(found), LEAST.get(name, 0), name)
            for match in found:
                line = text.count("\n", 0, match.start(1)) + 1
                with self.subTest(page=name, line=line):
                    self.run_example(match.group(1), name, line)
        self.assertTrue((self.folder / "invoice.json").exists())

    def run_example(self, code, page, line):
        for name in ("invoice.png", "scan.pdf", "invoice.json", "names.txt", "Models"):
            code = code.replace(f'"{name}"', repr(str(self.folder / name)))
        with redirect_stdout(io.StringIO()):
            exec(compile("\n" * (line - 1) + code, page, "exec"), {"__name__": "example"})


if __name__ == "__main__":
    main()
