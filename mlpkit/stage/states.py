"""States of a stage: the words of its live artists, and its own in English, at given positions."""

import time
from dataclasses import dataclass, field

import numpy as np
from matplotlib.text import Text

from mlpkit.stage import handles as pointing
from mlpkit.stage.layers import live_parts, split
from mlpkit.stage.recorder import Recorder

TABLE_BYTES = 4_000_000  # a table that grows beyond this stops there; the hand is at its centre


@dataclass
class Batch:
    """States along one control: `axis` names it (None: a single state), the others stand at `at`."""

    axis: str | None
    at: list
    indices: list = field(default_factory=list)
    words: list = field(default_factory=list)
    says: list = field(default_factory=list)
    rings: list = field(default_factory=list)

    def add(self, index, state, rings):
        """Append one state (words, sentence) and where its handles are."""
        self.indices.append(index)
        self.words.append(state[0])
        self.says.append(state[1])
        self.rings.append(rings)

    def message(self):
        """-> (JSON part, bytes): offsets count words, one more than there are states."""
        offsets = np.cumsum([0, *map(len, self.words)]).tolist()
        part = dict(
            kind="states", axis=self.axis, at=self.at, indices=self.indices, offsets=offsets, says=self.says,
            rings=self.rings,
        )  # fmt: skip
        return part, np.concatenate(self.words).astype("<u4").tobytes()


class States:
    """Records a figure's live artists at any position of the controls.

    `values`: {name: list of all values, or None for a free control}; a position is a list of indices
    into them, with the value itself for a free control.
    """

    def __init__(self, fig, update, live, values, describe=None, handles=()):
        self.fig, self.update, self.live, self.values = fig, update, set(live), values
        self.handles = handles
        self.describe = describe or _words_of(live)
        self.moving, self.over = split(fig, self.live)
        self.anew = live_parts(self.moving, self.live)
        width, height = fig.canvas.get_width_height()
        self.recorder = Recorder(width, height, fig.dpi)

    def parameters(self, at):
        """A position -> {name: value}."""
        pairs = zip(self.values.items(), at, strict=True)
        return {name: i if values is None else values[i] for (name, values), i in pairs}

    def size(self):
        """Number of positions of all finite controls together."""
        return int(
            np.prod([len(values) for values in self.values.values() if values is not None], dtype=float)
        )

    def rings(self, at):
        """Where the handles are at a position: pixels, one list for each handle."""
        parameters = self.parameters(at) if self.handles else {}
        return [pointing.pixels(handle, parameters) for handle in self.handles]

    def state(self, at):
        """A position -> (words, sentence)."""
        parameters = self.parameters(at)
        self.update(**parameters)
        return self.recorder.record(self.moving, self.anew), self.describe(**parameters)

    def single(self, at):
        """The batch of one state."""
        batch = Batch(None, list(at))
        batch.add(0, self.state(at), self.rings(at))
        return batch

    def ahead(self, axis, at, budget, failed):
        """The table of one control, from the hand outward, as batches that take about `budget` seconds each.

        A position at which `update` raises is left out and told: `failed(position, error)`. A free control
        has no table.
        """
        if self.values[axis] is None:
            return
        column = list(self.values).index(axis)
        todo = sorted(range(len(self.values[axis])), key=lambda i: abs(i - at[column]))
        size = 0
        while todo and size < TABLE_BYTES:
            batch, end = Batch(axis, list(at)), time.perf_counter() + budget
            while todo and time.perf_counter() < end:
                index = todo.pop(0)
                position = [*at[:column], index, *at[column + 1 :]]
                try:
                    batch.add(index, self.state(position), self.rings(position))
                    size += batch.words[-1].nbytes
                except Exception as error:
                    failed(position, error)
            if batch.indices:
                yield batch


def _words_of(live):
    texts = [artist for artist in live if isinstance(artist, Text)]
    return lambda **parameters: " ".join(t.get_text().replace("$", "") for t in texts)
