# SPDX-License-Identifier: Apache-2.0
"""Talks to emend-page-worker as emend does: CBOR messages over a socket at descriptor 3."""

import os
import socket
import struct
import subprocess

DEFAULT_OPTIONS = {
    "languages": ["eng"], "password": "", "pdf_text": "auto", "pdf_dpi": 0, "segmentation": "choose",
    "quality": "balanced", "keep_noise": False, "turn_upright": True, "skip_steps": [], "alternatives": True, "max_pixels": 400_000_000}


def to_cbor(value):
    """The few kinds of value that requests are made of."""
    if value is True or value is False:
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return _head(0, value)
    if isinstance(value, str):
        data = value.encode()
        return _head(3, len(data)) + data
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(map(to_cbor, value))
    if isinstance(value, dict):
        pairs = (to_cbor(key) + to_cbor(item) for key, item in value.items())
        return _head(5, len(value)) + b"".join(pairs)
    raise TypeError(f"no CBOR for {type(value)}")


def _head(major, number):
    for extra, limit, form in ((24, 1 << 8, ">B"), (25, 1 << 16, ">H"), (26, 1 << 32, ">I")):
        if number < 24:
            return bytes([major << 5 | number])
        if number < limit:
            return bytes([major << 5 | extra]) + struct.pack(form, number)
    return bytes([major << 5 | 27]) + struct.pack(">Q", number)


def from_cbor(data):
    return _parse(data, 0)[0]


def _parse(data, at):
    major, extra = data[at] >> 5, data[at] & 31
    at += 1
    if major == 7:
        if extra in (20, 21, 22):
            return {20: False, 21: True, 22: None}[extra], at
        size, form = {25: (2, ">e"), 26: (4, ">f"), 27: (8, ">d")}[extra]
        return struct.unpack_from(form, data, at)[0], at + size
    number = extra
    if extra >= 24:
        size = 1 << (extra - 24)
        number = int.from_bytes(data[at:at + size], "big")
        at += size
    if major == 0:
        return number, at
    if major == 1:
        return -1 - number, at
    if major == 3:
        return data[at:at + number].decode(), at + number
    if major == 4:
        items = []
        for _ in range(number):
            item, at = _parse(data, at)
            items.append(item)
        return items, at
    pairs = {}
    for _ in range(number):
        key, at = _parse(data, at)
        pairs[key], at = _parse(data, at)
    return pairs, at


class PageWorker:
    """One worker process. Use as a context manager."""

    def __init__(self, program, memory_mib=4096):
        ours, theirs = socket.socketpair()
        environment = dict(os.environ, OMP_THREAD_LIMIT="1")
        # The shell moves the socket to the descriptor where the worker looks for it.
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", f'exec "$0" --memory-mib {memory_mib} 3<&{theirs.fileno()}', program],
            pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env=environment)
        theirs.close()
        self.socket = ours

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()
        self.process.wait()

    def ask(self, request):
        """The value of the answer; RuntimeError when it is an error."""
        message = to_cbor(request)
        self.socket.sendall(struct.pack("<I", len(message)) + message)
        answer = from_cbor(self._receive(struct.unpack("<I", self._receive(4))[0]))
        if "error" in answer:
            raise RuntimeError(answer["error"]["message"])
        return answer["ok"]

    def read(self, path, page=1, **options):
        request = {"op": "read", "path": str(path), "page": page, "keep_steps": "",
                   "options": {**DEFAULT_OPTIONS, **options}}
        return self.ask(request)["page"]

    def _receive(self, size):
        data = bytearray()
        while len(data) < size:
            part = self.socket.recv(size - len(data))
            if not part:
                raise RuntimeError("the page worker has gone")
            data += part
        return bytes(data)
