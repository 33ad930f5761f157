# SPDX-License-Identifier: Apache-2.0
"""The same input gives the same bytes, whatever the number of workers."""

import os
import pathlib

from emend_command import INVOICE, NOTICES, OK, THREE_PAGES, TWO_PAGES, EmendTest, main

INVOICES = pathlib.Path(os.environ["EMEND_TEST_INVOICES"])


class SameBytes(EmendTest):
    def run_with(self, *options):
        return self.emend(THREE_PAGES, INVOICE, TWO_PAGES, *options, code=(OK, NOTICES)).stdout

    def test_one_worker_and_four_give_the_same_text(self):
        one = self.run_with("--jobs", "1")
        self.assertNotEqual(one, "")
        self.assertEqual(one, self.run_with("--jobs", "4"))

    def test_one_worker_and_four_give_the_same_json(self):
        one = self.run_with("--jobs", "1", "--format", "json")
        self.assertEqual(one, self.run_with("--jobs", "4", "--format", "json"))

    def test_twice_the_same_run_gives_the_same_bytes(self):
        self.assertEqual(self.run_with("--format", "json"), self.run_with("--format", "json"))

    def test_generated_pages_give_the_same_bytes(self):
        pages = sorted(p for p in INVOICES.iterdir() if p.suffix in (".png", ".jpg"))[:6]
        one = self.emend(*pages, "--jobs", "1", code=(OK, NOTICES)).stdout
        self.assertEqual(one, self.emend(*pages, "--jobs", "4", code=(OK, NOTICES)).stdout)

    def test_results_hold_no_trace_of_the_machine(self):
        name = self.write("page.png", INVOICE.read_bytes()).name
        result = self.emend(name, "--format", "json", code=(OK, NOTICES)).stdout
        self.assertNotIn(str(self.folder), result)
        self.assertNotIn(str(pathlib.Path(os.environ["EMEND_PREFIX"])), result)


if __name__ == "__main__":
    main()
