"""Cells in IPython's syntax as plain Python: `%time f(x)`, `!pip install`, `softmax?`, `%%timeit`.

IPython's own transformation turns them into calls of `get_ipython()`, which is there in a sandbox. Only cells
that look so are given to it.
"""

import re

LOOKS_SO = re.compile(r"^[ \t]*[%!?]|\?[ \t]*$|=[ \t]*[%!]", re.M)
MOST = 500_000  # lines to be rewritten times characters: each line costs one more reading of the cell


def as_python(cells) -> tuple[list[str], list[str]]:
    """The cells as Python, and notes on those that could not be read.

    >>> as_python(["x = 1", "%time x"])[0]
    ['x = 1', "get_ipython().run_line_magic('time', 'x')\\n"]
    """
    found, notes = [], []
    for number, cell in enumerate(cells):
        lines = len(LOOKS_SO.findall(cell))
        if not lines:
            found.append(cell)
            continue
        try:
            if lines * len(cell) > MOST:
                raise ValueError("too many lines")
            found.append(_transformer().transform_cell(cell))
        except Exception as error:  # of somebody else's parser, on anything that a student can write
            why = "too many lines in IPython's syntax" if isinstance(error, ValueError) else "an error in it"
            notes.append(f"cell {number + 1} is read as plain Python: {why}")
            found.append(cell)
    return found, notes


def _transformer():
    from IPython.core.inputtransformer2 import TransformerManager

    return TransformerManager()
