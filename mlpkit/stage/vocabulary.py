"""Words, and what states share: the tables that make the words of a state few."""

import numpy as np


class Vocabulary:
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
    """Numbers or arrays -> one array of words (floats as float32, integers as they are)."""
    parts = []
    for value in values:
        a = np.asarray(value)
        kind = np.uint32 if a.dtype.kind in "ui" else np.float32
        parts.append(np.ascontiguousarray(a, kind).view(np.uint32).ravel())
    return np.concatenate(parts)
