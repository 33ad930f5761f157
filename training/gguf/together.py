# SPDX-License-Identifier: Apache-2.0
"""Several processes that train one model, each on its rows of every batch.

PyTorch's own threads gain little on matrices as small as the byte model's; a process for each core
does. All start from the same weights and step by the mean of their gradients, so what they train is
what one process would with the whole batch, but for rounding.
"""

import os

import torch
from torch import distributed, multiprocessing


class Group:
    """This process among `count`; rank 0 is the one that writes and reports."""

    def __init__(self, rank=0, count=1):
        self.rank, self.count = rank, count

    def is_first(self):
        return self.rank == 0

    def share_of(self, rows):
        """The rows of a batch that are this process's."""
        return rows[self.rank::self.count]

    def agreed(self, value):
        """The mean of a number over the group."""
        if self.count == 1:
            return value
        number = torch.tensor(value, dtype=torch.float64)
        distributed.all_reduce(number)
        return number.item() / self.count

    def share_gradients(self, parameters):
        """Makes every gradient the mean over the group, in place."""
        if self.count == 1:
            return
        flat = torch.cat([p.grad.flatten() for p in parameters])
        distributed.all_reduce(flat)
        at = 0
        for parameter in parameters:
            parameter.grad.copy_(flat[at:at + parameter.numel()].view_as(parameter) / self.count)
            at += parameter.numel()


def _member(rank, count, meeting, work, options):
    distributed.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=count)
    work(options, Group(rank, count))


def run(work, options, count, meeting):
    """Calls work(options, group) in `count` processes that meet at the file `meeting`."""
    if count == 1:
        work(options, Group())
        return
    if os.path.exists(meeting):
        os.unlink(meeting)  # of a run that was killed
    multiprocessing.spawn(_member, args=(count, str(meeting), work, options), nprocs=count)
