"""Cells in IPython's syntax as plain Python: `%time f(x)`, `!pip install`, `softmax?`, `%%timeit`.

IPython's own transformation turns them into calls of `get_ipython()`, which is there in a sandbox. Only cells
that look so are given to it.
"""

import re

LOOKS_SO = re.compile(r"^\s*[%!?]|\?\s*$|=\s*[%!]", re.M)
LONGEST = 100_000


def as_python(cells) -> tuple[list[str], list[str]]:
    """The cells as Python, and notes on those that could not be read.

    >>> as_python(["x = 1", "%time x"])[0]
    ['x = 1', "get_ipython().run_line_magic('time', 'x')\\n"]
    """
    found, notes = [], []
    for number, cell in enumerate(cells):
        if len(cell) > LONGEST or not LOOKS_SO.search(cell):
            found.append(cell)
            continue
        try:
            found.append(_transformer().transform_cell(cell))
        except (SyntaxError, ValueError, RecursionError, MemoryError, IndexError) as error:
            notes.append(f"cell {number + 1} cannot be read: {type(error).__name__}")
            found.append(cell)
    return found, notes


def _transformer():
    from IPython.core.inputtransformer2 import TransformerManager

    return TransformerManager()
