# SPDX-License-Identifier: Apache-2.0
"""Files that are small and endless inside (bench/bombs.py): each ends in a result or a message that names it, a good file
beside them is read all the same, and memory stays within what a picture of that size may take."""

import resource
import subprocess
import sys

from emend_command import EMEND, INVOICE, PATIENCE_S, SOURCE, EmendTest, main

sys.path.insert(0, str(SOURCE / "bench"))

import bombs  # noqa: E402

GOOD_TEXT = "Amount payable"
ENDS = (0, 3, 4, 5, 6)  # a result, one with notices, nothing in it, unreadable, too large
MOST_MIB = 1500


class Bombs(EmendTest):
    def check(self, name):
        [path] = bombs.write(self.folder / "bombs", [name])
        done = self.emend(path, code=ENDS)
        self.assertTrue(done.returncode == 0 or path in done.stderr, f"no message names {name}:\n{done.stderr}")


def test_of(name):
    return lambda self: self.check(name)


def add_tests():
    for name in bombs.CHEAP:
        setattr(Bombs, "test_" + name.replace(".", "_"), test_of(name))


class Together(EmendTest):
    def test_a_good_file_among_them_is_read_and_no_worker_takes_more_than_it_may(self):
        paths = bombs.write(self.folder / "bombs", ["png_of_1_gib_of_zeros.png", "page_tree_in_itself.pdf"])
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        done = subprocess.run([EMEND, paths[0], INVOICE, paths[1]], env=self.environment, capture_output=True,
                              timeout=PATIENCE_S, check=False)
        self.assertIn(GOOD_TEXT, done.stdout.decode())
        self.assertIn(done.returncode, ENDS)
        peak_mib = max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024
        self.assertLess(peak_mib, MOST_MIB)


add_tests()

if __name__ == "__main__":
    main()
