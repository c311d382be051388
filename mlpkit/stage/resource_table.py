"""Words, and what states share: the tables that make the words of a state few."""

import numpy as np

FAR = 1e6  # pixels; what lies farther away is moved here, where float32 and a canvas still count well


class ResourceTable:
    """Tables that only grow; each new entry is announced once in `news`."""

    TABLES = ("clips", "strokes", "colours", "glyphs", "maps", "parts")

    def __init__(self):
        self.index = {table: {} for table in self.TABLES}
        self.entries = {table: [] for table in self.TABLES}
        self.news = []

    def put(self, table, key, make):
        """The index of `key` in a table; `make()` gives the entry's JSON value the first time."""
        known = self.index[table]
        if key not in known:
            value = make()
            known[key] = len(known)
            self.entries[table].append(value)
            self.news.append([table, known[key], value])
        return known[key]

    def take_news(self):
        """What the browser has not been told yet, as [table, index, value] rows."""
        news, self.news = self.news, []
        return news

    def everything(self):
        """All entries, for a browser that starts anew."""
        return [[table, i, v] for table in self.TABLES for i, v in enumerate(self.entries[table])]


def words(*values):
    """Numbers or arrays -> one array of words (floats as float32 within ±FAR, integers as they are)."""
    parts = []
    for value in values:
        a = np.asarray(value)
        if a.dtype.kind in "ui":
            parts.append(np.ascontiguousarray(a, np.uint32).ravel())
        else:
            parts.append(np.clip(a, -FAR, FAR).astype(np.float32).view(np.uint32).ravel())
    return np.concatenate(parts)
