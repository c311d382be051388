"""`mlpkit lab --copy`: the reader's own lectures and exercises in `mine/`, which git ignores."""

import os
import shutil

NAME = "mine"
COPIED = ("lectures", "exercises/student")  # the same places inside of `mine`, so that links lead on


def copy_notebooks(checkout):
    """Copy each notebook of the course that `mine/` does not have -> the paths written.

    A file that is there is never written to: what a reader did in it stays.
    """
    written = []
    for part in COPIED:
        folder = checkout / NAME / part
        folder.mkdir(parents=True, exist_ok=True)
        for original in sorted((checkout / part).glob("*.ipynb")):
            copy = folder / original.name
            if not os.path.lexists(copy):
                unfinished = copy.with_suffix(".unfinished")  # a copy that is interrupted is made again
                shutil.copyfile(original, unfinished)
                unfinished.rename(copy)
                written.append(copy)
    return written


def copy_of(path, checkout):
    """Where `mine/` has the copy of a notebook of the course; the path itself for any other notebook."""
    relative = path.relative_to(checkout)
    return checkout / NAME / relative if relative.parent.as_posix() in COPIED else path
