"""States of a stage: the display list of its live artists, and its description, at given positions."""

import time
from dataclasses import dataclass, field

import numpy as np
from matplotlib.text import Text

from mlpkit.stage import handles as handle_geometry
from mlpkit.stage.encoding import Encoder
from mlpkit.stage.layers import OrderChanged, left_its_region, plan, signature
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
    axes: list = field(default_factory=list)

    def add(self, index, states, position):
        """Append the state at a position, the pixels of its handles, and the axes that moved."""
        display_list, description = states.state(position)
        rings, axes = states.rings(position), states.moved_axes()
        self.indices.append(index)
        self.display_lists.append(display_list)
        self.descriptions.append(description)
        self.rings.append(rings)
        self.axes.append(axes)

    def message(self, encoder=None):
        """-> (JSON part, bytes); `encoder` has encoded what the browser got before, if there is one."""
        part = dict(
            kind="states", axis=self.axis, at=self.at, indices=self.indices,
            descriptions=self.descriptions, rings=self.rings, moved=self.axes if any(self.axes) else None,
        )  # fmt: skip
        return part, (encoder or Encoder()).encode(self.display_lists)


class States:
    """Records a figure's live artists at any position of the controls.

    `values`: {name: list of all values, or None for a free control}; a position is a list of indices
    into them, with the value itself for a free control.
    """

    def __init__(self, frame, update, live, values, describe=None, handles=()):
        self.frame, self.fig, self.live = frame, frame.fig, set(live)
        self.update, self.values = update, values
        self.handles = handles
        self.describe = describe or _texts_of(live)
        self.cache = {}  # slow states by position
        self.pace, self.last = 0.0, np.inf  # seconds for a state, and for the last one
        self.regions, self.version = {}, 0
        with frame():
            width, height = frame.canvas.get_width_height()
            self.recorder = Recorder(width, height, frame.dpi)
            self.plan = plan(self.fig, self.live)
            self.axes = handle_geometry.all_axes(self.fig)
            self.geometry = [handle_geometry.geometry(ax) for ax in self.axes]
            self.looks = [handle_geometry.look(ax) for ax in self.axes]

    def replan(self, texts):
        """Make another plan: live texts have left the regions that it relied on. What was sent is void."""
        self.regions.update(dict.fromkeys(texts))
        self.plan, self.version = plan(self.fig, self.live, self.regions), self.version + 1
        self.cache.clear()

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
        with self.frame():
            return [handle_geometry.pixels(handle, parameters) for handle in self.handles]

    def moved_axes(self):
        """The axes whose coordinates are not the first ones, {index: geometry}; None if there are none."""
        with self.frame():
            looks = enumerate(map(handle_geometry.look, self.axes))
            moved = [i for i, look in looks if look != self.looks[i]]
            return {str(i): handle_geometry.geometry(self.axes[i]) for i in moved} or None

    def state(self, at):
        """A position -> (display list, description)."""
        parameters = self.parameters(at)
        with self.frame():
            self.update(**parameters)
            self._check_order()
            regions = self.plan.regions.items()
            if away := [a for a, box in regions if left_its_region(a, box, self.recorder)]:
                self.replan(away)
            display_list = self.recorder.record(self.plan.dynamic, self.plan.live)
            return display_list, self.describe(**parameters)

    def _check_order(self):
        """Raise OrderChanged when the figure has other artists than the plan, or another order."""
        now = signature([container for container, _ in self.plan.order])
        if now == self.plan.order:
            return
        for (container, before), (_, after) in zip(self.plan.order, now, strict=True):
            if {a for a, _ in before} != {a for a, _ in after}:
                raise OrderChanged(
                    f"artists of the {type(container).__name__} were added or removed after its stage was "
                    "made; create all artists before, and let update change them (set_data, ...), or "
                    "make the axes live as a whole: live=[ax]"
                )
        raise OrderChanged(
            "update changes a zorder, and with it the order of drawing; make the axes live as a whole: "
            "live=[ax]"
        )

    def single(self, at):
        """The batch of one state; a slow one is cached."""
        if (key := repr(at)) in self.cache:
            return self.cache[key]
        batch, begun = Batch(None, list(at)), time.perf_counter()
        with self.frame():
            batch.add(0, self, at)
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
        size, version = 0, self.version
        while todo and size < TABLE_BYTES:
            batch, end = Batch(axis, list(at)), time.perf_counter() + budget
            with self.frame():
                while todo and time.perf_counter() < end:
                    index = todo.pop(0)
                    position = [*at[:column], index, *at[column + 1 :]]
                    begun = time.perf_counter()
                    try:
                        batch.add(index, self, position)
                        size += batch.display_lists[-1].nbytes
                    except Exception as error:
                        failed(position, error)
                    self.took(time.perf_counter() - begun)
                    if self.pace > SLOW:
                        todo.clear()
                    if version != self.version:
                        break
            if version != self.version:  # begin again: what is in the table belongs to another plan
                yield from self.prefetch(axis, at, budget, failed)
                return
            if batch.indices:
                yield batch

    def table(self, axis, at):
        """The batch of all positions of one control, except those where `update` raises; no time limit."""
        column, batch = list(self.values).index(axis), Batch(axis, list(at))
        with self.frame():
            for index in range(len(self.values[axis])):
                try:
                    batch.add(index, self, [*at[:column], index, *at[column + 1 :]])
                except Exception:
                    continue
        return batch


def _texts_of(live):
    """The description of a stage without `describe`: its live texts."""
    texts = [artist for artist in live if isinstance(artist, Text)]
    return lambda **parameters: " ".join(t.get_text().replace("$", "") for t in texts)
