"""Reads blocks of states without the browser's decoder: the format that `mlpkit.stage.encoding` describes."""

import zlib
from base64 import b85decode

import numpy as np

from mlpkit.stage.encoding import GRADIENT, HEADS, RAW, ROWS, UNITS
from mlpkit.stage.writer import HEADER, Op


class Reader:
    """Reads the blocks of one encoder, in their order."""

    def __init__(self):
        self.known, self.last, self.before = [], [], []

    def read(self, data):
        """-> the display lists of the block."""
        self.data, self.i = data, 0
        first = self.number()
        self.pixels, found = self.i + first, []
        for _ in range(self.number()):
            now = []
            for place in range(self.number()):
                which = self.number()
                if which == 1:
                    self.known.append(self.operation(place))
                now.append(
                    self.last[place]
                    if which == 0
                    else self.known[-1]
                    if which == 1
                    else self.known[which - 2]
                )
            self.last, self.before = now, self.last
            found.append(np.concatenate([words for words, _, _ in now] or [np.zeros(0, np.uint32)]))
        return found

    def number(self):
        value, bits = 0, 0
        while True:
            byte = self.data[self.i]
            self.i, value, bits = self.i + 1, value | (byte & 127) << bits, bits + 7
            if byte < 128:
                return value

    def signed(self):
        value = self.number()
        return -(value + 1) // 2 if value % 2 else value // 2

    def operation(self, place):
        """-> words, head, rows."""
        op, unit, time, space, count, width, n = (self.number() for _ in range(7))
        head = np.array([self.signed() for _ in range(5 + count)], np.int64)
        if place < len(self.last) and self.last[place][0][0] == op:
            old = self.last[place][1]
            shared = min(len(old), len(head))
            head[:shared] += old[:shared]
        columns = ROWS.get(Op(op), "w")
        rows = np.array([self.signed() for _ in range(n * len(columns))], np.int64).reshape(len(columns), n).T
        for lag in (1, width) if space == GRADIENT else (1,) * space:
            for k in range(lag, n):
                rows[k] += rows[k - lag]
        for factor, earlier in zip(
            {0: (), 1: (1,), 2: (2, -1)}[time], (self.last, self.before), strict=False
        ):
            past = earlier[place][2]
            rows = rows + factor * past[np.minimum(np.arange(n), len(past) - 1)]
        head = (head % 2**32).astype(np.uint32)
        if Op(op) in RAW:
            size = 4 * int(np.prod(head[7:9].view(np.float32))) * (2 if op == Op.PICTURE else 1)
            payload = np.frombuffer(self.data[self.pixels : self.pixels + size], np.uint32)
            self.pixels += size
        elif columns == "b":
            rows = rows % 256
            payload = rows.astype(np.uint8).ravel().view(np.uint32)
        else:
            scale = [UNITS[unit] if c == "p" else 1 for c in columns]
            floats = (rows / scale).astype(np.float32).view(np.uint32)
            whole = (rows % 2**32).astype(np.uint32)
            payload = np.where([c == "w" for c in columns], whole, floats).ravel()
        payload = np.concatenate([head[5:], payload])
        return (
            np.concatenate([np.array([op], np.uint32), head[:5], [len(payload)], payload]).astype(np.uint32),
            head.astype(np.int64),
            rows,
        )


def read(data):
    """The display lists of one block that needs no other."""
    return Reader().read(data)


def rounded(words):
    """A display list as the browser gets it: pixels as multiples of 1/8, in large operations of 1/2."""
    from mlpkit.stage.encoding import Operation, operations

    found = []
    for own in operations(words):
        operation, out = Operation(own), own.copy()
        columns = ROWS.get(operation.op, "w")
        if "p" in columns:
            first = HEADER + (
                1 + 4 * int(own[HEADER]) if operation.op is Op.SHAPES else HEADS.get(operation.op, 0)
            )
            rows = out[first:].reshape(-1, len(columns))
            for c in np.flatnonzero([c == "p" for c in columns]):
                unit = UNITS[operation.unit]
                values = np.rint(rows[:, c].copy().view(np.float32).astype(float) * unit) / unit + 0.0
                rows[:, c] = values.astype(np.float32).view(np.uint32)
        found.append(out)
    return np.concatenate(found or [np.zeros(0, np.uint32)])


def inflated(text):
    """The bytes of a compressed part of a page."""
    return zlib.decompress(b85decode(text.replace(",", "<").replace(".", "&")))
