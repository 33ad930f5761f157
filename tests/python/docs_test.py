# SPDX-License-Identifier: Apache-2.0
"""Every Python example of docs/python.md runs, in a folder with the files that it names."""

import io
import re
import shutil
from contextlib import redirect_stdout

from emend_package import INVOICE, SOURCE, THREE_PAGES, PackageTest, main

EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


class Examples(PackageTest):
    def test_all_run(self):
        self.models_folder()
        shutil.copy(INVOICE, self.folder / "invoice.png")
        shutil.copy(THREE_PAGES, self.folder / "scan.pdf")
        text = (SOURCE / "docs" / "python.md").read_text(encoding="utf-8")
        found = list(EXAMPLE.finditer(text))
        self.assertGreater(len(found), 6)
        for match in found:
            line = text.count("\n", 0, match.start(1)) + 1
            code = match.group(1)
            for name in ("invoice.png", "scan.pdf", "invoice.json", "Models"):
                code = code.replace(f'"{name}"', repr(str(self.folder / name)))
            printed = io.StringIO()
            with self.subTest(line=line), redirect_stdout(printed):
                exec(compile("\n" * (line - 1) + code, "docs/python.md", "exec"), {"__name__": "example"})
        self.assertTrue((self.folder / "invoice.json").exists())


if __name__ == "__main__":
    main()
