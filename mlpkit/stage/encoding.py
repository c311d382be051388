"""States as few bytes, for pages and for the kernel's messages; `decoder.js` reads them.

Three things make a state small:

- An operation that was sent before is a number. States share most of their operations.
- Coordinates become integers, multiples of 1/8 pixel (whole pixels where all of them are whole, 1/2 in
  lines of many points). A picture has two pixels for one of the screen's, and what is snapped to the
  pixel grid lies at multiples of 1/2, so that it stays as sharp as it was.
- Of other numbers the difference to a prediction is kept: to the row before, to the same operation in the
  state before, to how that one was moving, or to two of these. Small numbers take one byte.

A block is the number of bytes of its first part, this part, and the pixels of pictures as they are. The
first part is a sequence of unsigned integers, seven bits in a byte, the lowest first; `±` marks signed
ones, sent as 2n for n ≥ 0 and -2n - 1 below:

    states    the number of states; for each the number of its operations; for each operation
    which     0: the one at this place in the state before · 1: a new one, as follows · 2 + k: the k-th
    new one   op  unit  time  space  head  width  rows;  ±head ...  ±rows ...

The head are words 1 to 5 of the operation and the first words of its payload, less those of the operation
at this place in the state before (0 where there is none of its kind). The rest of the payload are rows of
the columns in `ROWS`, column by column: less the prediction from `time` states before, then `space` times
less the row before. Space 3 is for images: less the cell to the left, less the cell above. All differences
are modulo 2³², those of bytes modulo 2⁸.
"""

import numpy as np

from mlpkit.stage.simplify import MOST
from mlpkit.stage.writer import HEADER, Op

HEADS = {Op.MARKERS: 1, Op.ITEMS: 1, Op.IMAGE: 4, Op.INDEXED: 8, Op.TEXT: 6, Op.PART: 1, Op.PICTURE: 4}
ROWS = {  # p: pixels, float32 · c: matplotlib's codes, float32 · w: words as they are · b: bytes
    Op.POLYLINE: "pp", Op.PATH: "cpp", Op.MARKERS: "pp", Op.ITEMS: "ppwwww", Op.TEXT: "wppw", Op.SHAPES: "pp",
    Op.INDEXED: "b", Op.PART: "w",
}  # fmt: skip
RAW = (Op.IMAGE, Op.PICTURE)  # pixels that are sent as they are
UNITS = (1, 2, 8, 16)  # parts of a pixel: 2 for lines of many points, 16 for shapes side by side
MANY = 400  # points of a line or a path
FEW = 4  # rows; up to here the prediction is not chosen
PREDICTIONS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 0), (2, 1))  # time, space
GRADIENT = 3


class Operation:
    """One operation as integers: `head` (m,), `rows` (n, columns), both int64."""

    def __init__(self, words):
        self.op, payload = Op(int(words[0])), words[HEADER:]
        first = 1 + 4 * int(payload[0]) if self.op is Op.SHAPES else HEADS.get(self.op, 0)
        self.head = np.concatenate([words[1 : HEADER - 1], payload[:first]]).view(np.int32).astype(np.int64)
        self.pixels = payload[first:].tobytes() if self.op in RAW else b""
        self.unit, self.width = 0, 0
        self.rows = self._rows(payload[first:])

    def _rows(self, words):
        columns = ROWS.get(self.op, "w")
        if self.op in RAW:
            return np.zeros((0, 1), np.int64)
        if columns == "b":
            self.width = int(self.head[9:10].astype(np.int32).view(np.float32)[0])
            return words.view(np.uint8).astype(np.int64)[:, None]
        words = words.reshape(-1, len(columns))
        rows = words.view(np.int32).astype(np.int64)
        numbers = np.array([c != "w" for c in columns])
        if numbers.any():
            pixels, floats = np.array([c == "p" for c in columns]), words.view(np.float32)
            found = floats[:, pixels].astype(float)
            whole = (found == np.rint(found)).all()
            most = MOST if self.op is Op.POLYLINE else np.inf
            fine_lines = self.op in (Op.POLYLINE, Op.PATH) and MANY < len(rows) <= most
            self.unit = 0 if whole else 1 if fine_lines else 3 if self.op is Op.SHAPES else 2
            rows[:, numbers] = np.rint(floats[:, numbers].astype(float))
            rows[:, pixels] = np.rint(found * UNITS[self.unit])
        return rows


class Encoder:
    """Encodes states one after the other, each with the help of those before it."""

    def __init__(self):
        self.known = {}  # operation's words -> (its number, the operation)
        self.last, self.before = [], []  # the operations of the last two states: (number, operation)

    def encode(self, display_lists):
        """Display lists -> the bytes of one block."""
        self.numbers, self.pixels = [np.array([len(display_lists)])], []
        for words in display_lists:
            self._state(words)
        part = leb128(np.concatenate(self.numbers))
        return b"".join([leb128(np.array([len(part)])), part, *self.pixels])

    def _state(self, words):
        now, refs = [], operations(words)
        self.numbers.append(np.array([len(refs)]))
        for place, own in enumerate(refs):
            key = own.tobytes()
            entry = self.known.get(key)
            if entry is None:
                entry = self.known[key] = (len(self.known), Operation(own))
                self.numbers.append(np.array([1]))
                self._operation(entry[1], _at(self.last, place), _at(self.before, place))
            elif place < len(self.last) and self.last[place] is entry:
                self.numbers.append(np.array([0]))
            else:
                self.numbers.append(np.array([2 + entry[0]]))
            now.append(entry)
        self.last, self.before = now, self.last

    def _operation(self, new, last, before):
        head = new.head.copy()
        if last and last.op is new.op:
            shared = min(len(head), len(last.head))
            head[:shared] -= last.head[:shared]
        past = [p for p in (last, before) if p and p.op is new.op and p.unit == new.unit and len(p.rows)]
        if not last or last not in past:
            past = []
        (time, space), rows = _predicted(new, past)
        start = [new.op, new.unit, time, space, len(new.head) - HEADER + 2, new.width, len(rows)]
        self.numbers += [np.array(start), zigzag(head), zigzag(rows.T.ravel())]
        self.pixels.append(new.pixels)


def _at(operations, place):
    return operations[place][1] if place < len(operations) else None


def _predicted(new, past):
    """-> (time, space), rows less the prediction: the one that leaves the smallest numbers."""
    rows, byte = new.rows, ROWS.get(new.op) == "b"
    references = [np.zeros((1, rows.shape[1]), np.int64)]
    references += [p.rows[np.minimum(np.arange(len(rows)), len(p.rows) - 1)] for p in past]
    if len(past) == 2:
        references[2] = 2 * references[1] - references[2]
    if len(rows) <= FEW:
        choices = [(min(len(past), 1), 0 if past else 1)]
    else:
        choices = [choice for choice in PREDICTIONS if choice[0] <= len(past)]
        choices += [(0, GRADIENT)] * byte
    found = []
    for time, space in choices:
        rest = rows - references[time]
        for lag in (1, new.width) if space == GRADIENT else (1,) * space:
            rest[lag:] -= rest[:-lag].copy()
        if byte:
            rest = (rest + 128) % 256 - 128
        found.append(rest)
    if len(found) == 1:
        return choices[0], found[0]
    costs = [np.log2(1 + np.abs(rest)).sum() for rest in found]
    best = int(np.argmin(costs))
    return choices[best], found[best]


def operations(words):
    """A display list -> the words of its operations."""
    found, i = [], 0
    while i < len(words):
        end = i + HEADER + int(words[i + HEADER - 1])
        found.append(words[i:end])
        i = end
    return found


def zigzag(numbers):
    """Integers modulo 2³² -> unsigned ones, small where they are near 0.

    >>> zigzag(np.array([0, -1, 1, -2, 2**31])).tolist()
    [0, 1, 2, 3, 4294967295]
    """
    numbers = (numbers + 2**31) % 2**32 - 2**31
    return np.where(numbers < 0, -2 * numbers - 1, 2 * numbers)


def leb128(numbers):
    """Unsigned integers below 2³² -> bytes of seven bits, the lowest first; the highest bit: more follow.

    >>> list(leb128(np.array([5, 127, 128, 300])))
    [5, 127, 128, 1, 172, 2]
    """
    numbers = np.asarray(numbers, np.int64)
    count = 1 + np.sum([numbers >= 1 << bits for bits in (7, 14, 21, 28)], axis=0)
    start = np.concatenate([[0], np.cumsum(count)])
    found = np.empty(start[-1], np.uint8)
    for k in range(int(count.max(initial=0))):
        has = count > k
        more = np.where(count[has] > k + 1, 128, 0)
        found[start[:-1][has] + k] = (numbers[has] >> (7 * k)) & 127 | more
    return found.tobytes()


def encode(display_lists):
    """Display lists -> the bytes of a block that needs no other."""
    return Encoder().encode(display_lists)
