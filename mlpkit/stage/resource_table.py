"""What states share (clips, stroke styles, colours, outlines ...), sent once and referred to by index."""

import numpy as np

FAR = 1e6  # pixels; points farther away are moved here, where float32 and a canvas are still exact enough


class ResourceTable:
    """Tables that only grow; `unsent` collects the entries that the browser does not have yet."""

    TABLES = ("clips", "strokes", "colours", "glyphs", "maps", "parts")

    def __init__(self):
        self.index = {table: {} for table in self.TABLES}
        self.entries = {table: [] for table in self.TABLES}
        self.unsent = []

    def put(self, table, key, make):
        """The index of `key` in a table; `make()` gives the entry's JSON value the first time."""
        known = self.index[table]
        if key not in known:
            value = make()
            known[key] = len(known)
            self.entries[table].append(value)
            self.unsent.append([table, known[key], value])
        return known[key]

    def take_unsent(self):
        """The entries that the browser does not have yet, as [table, index, value] rows; clears the list."""
        unsent, self.unsent = self.unsent, []
        return unsent

    def rows(self):
        """All entries as [table, index, value] rows, for a page that was just opened."""
        return [[table, i, v] for table in self.TABLES for i, v in enumerate(self.entries[table])]


def to_uint32(*values):
    """Numbers or arrays -> one uint32 array (floats as float32 within ±FAR, integers as they are)."""
    parts = []
    for value in values:
        a = np.asarray(value)
        if a.dtype.kind in "ui":
            parts.append(np.ascontiguousarray(a, np.uint32).ravel())
        else:
            parts.append(np.clip(a, -FAR, FAR).astype(np.float32).view(np.uint32).ravel())
    return np.concatenate(parts)
