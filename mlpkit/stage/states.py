"""States of a stage: the display list of its live artists, and its description, at given positions."""

import time
from dataclasses import dataclass, field

import numpy as np
from matplotlib.text import Text

from mlpkit.stage import handles as handle_geometry
from mlpkit.stage.encoding import Encoder
from mlpkit.stage.layers import live_parts, split
from mlpkit.stage.recorder import Recorder

TABLE_BYTES = 4_000_000  # a larger table is cut off: it starts at the present position and goes outward
SLOW = 0.5  # seconds for a state; from here on none is computed in advance: the kernel could do nothing else
CACHED = 100  # slow states that are kept, so that a position visited twice is computed once


@dataclass
class Batch:
    """States along one control: `axis` names it (None: a single state), the others stay at `at`."""

    axis: str | None
    at: list
    indices: list = field(default_factory=list)
    display_lists: list = field(default_factory=list)
    descriptions: list = field(default_factory=list)
    rings: list = field(default_factory=list)

    def add(self, index, state, rings):
        """Append one state (display list, description) and the pixels of its handles."""
        self.indices.append(index)
        self.display_lists.append(state[0])
        self.descriptions.append(state[1])
        self.rings.append(rings)

    def message(self, encoder=None):
        """-> (JSON part, bytes); `encoder` has encoded what the browser got before, if there is one."""
        part = dict(
            kind="states", axis=self.axis, at=self.at, indices=self.indices,
            descriptions=self.descriptions, rings=self.rings,
        )  # fmt: skip
        return part, (encoder or Encoder()).encode(self.display_lists)


class States:
    """Records a figure's live artists at any position of the controls.

    `values`: {name: list of all values, or None for a free control}; a position is a list of indices
    into them, with the value itself for a free control.
    """

    def __init__(self, fig, update, live, values, describe=None, handles=()):
        self.fig, self.update, self.live, self.values = fig, update, set(live), values
        self.handles = handles
        self.describe = describe or _texts_of(live)
        self.dynamic, self.above = split(fig, self.live)
        self.redrawn = live_parts(self.dynamic, self.live)
        width, height = fig.canvas.get_width_height()
        self.recorder = Recorder(width, height, fig.dpi)
        self.cache = {}  # slow states by position
        self.pace, self.last = 0.0, np.inf  # seconds for a state, and for the last one

    def took(self, seconds):
        """Note the time of a state. The shorter of the last two counts: a single delay is ignored."""
        self.pace, self.last = min(self.last, seconds), seconds

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
        """Where the handles are at a position: pixels, one list per handle."""
        parameters = self.parameters(at) if self.handles else {}
        return [handle_geometry.pixels(handle, parameters) for handle in self.handles]

    def state(self, at):
        """A position -> (display list, description)."""
        parameters = self.parameters(at)
        self.update(**parameters)
        return self.recorder.record(self.dynamic, self.redrawn), self.describe(**parameters)

    def single(self, at):
        """The batch of one state; a slow one is cached."""
        if (key := repr(at)) in self.cache:
            return self.cache[key]
        batch, begun = Batch(None, list(at)), time.perf_counter()
        batch.add(0, self.state(at), self.rings(at))
        self.took(time.perf_counter() - begun)
        if self.last > SLOW:
            self.cache[key] = batch
            if len(self.cache) > CACHED:
                del self.cache[next(iter(self.cache))]
        return batch

    def prefetch(self, axis, at, budget, failed):
        """The table of one control, nearest positions first, in batches of about `budget` seconds each.

        A position at which `update` raises is left out and reported: `failed(position, error)`. A free
        control has no table, nor has a stage whose states take longer than `SLOW`.
        """
        if self.values[axis] is None or self.pace > SLOW:
            return
        column = list(self.values).index(axis)
        todo = sorted(range(len(self.values[axis])), key=lambda i: abs(i - at[column]))
        size = 0
        while todo and size < TABLE_BYTES:
            batch, end = Batch(axis, list(at)), time.perf_counter() + budget
            while todo and time.perf_counter() < end:
                index = todo.pop(0)
                position = [*at[:column], index, *at[column + 1 :]]
                begun = time.perf_counter()
                try:
                    batch.add(index, self.state(position), self.rings(position))
                    size += batch.display_lists[-1].nbytes
                except Exception as error:
                    failed(position, error)
                self.took(time.perf_counter() - begun)
                if self.pace > SLOW:
                    todo.clear()
            if batch.indices:
                yield batch

    def table(self, axis, at):
        """The batch of all positions of one control, except those where `update` raises; no time limit."""
        column, batch = list(self.values).index(axis), Batch(axis, list(at))
        for index in range(len(self.values[axis])):
            position = [*at[:column], index, *at[column + 1 :]]
            try:
                batch.add(index, self.state(position), self.rings(position))
            except Exception:
                continue
        return batch


def _texts_of(live):
    """The description of a stage without `describe`: its live texts."""
    texts = [artist for artist in live if isinstance(artist, Text)]
    return lambda **parameters: " ".join(t.get_text().replace("$", "") for t in texts)
