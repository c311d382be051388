"""The notebook reader: what is odd about a file becomes a note or a problem, never an exception."""

import json
import re

import pytest
from submission_files import notebook

from mlpkit.grading.submissions import limits
from mlpkit.grading.submissions.notebooks import read_notebook, read_script

V3 = {
    "nbformat": 3,
    "metadata": {"name": ""},
    "worksheets": [
        {"cells": [{"cell_type": "code", "input": ["a = 1\n", "b = 2"], "language": "python"}]},
        {"cells": [{"cell_type": "heading", "source": "x"}, {"cell_type": "code", "input": "c = 3"}]},
    ],
}


def cells(found):
    """The bytes of a notebook with these cells."""
    return json.dumps({"cells": found, "nbformat": 4}).encode()


def code(source, **rest):
    """A code cell."""
    return {"cell_type": "code", "source": source, **rest}


COLAB = {
    "nbformat": 4,
    "nbformat_minor": 0,
    "metadata": {"colab": {"provenance": []}, "accelerator": "GPU"},
    "cells": [
        code(["#@title x\n", "a = 1"], execution_count=None, outputs=[], metadata={"cellView": "form"})
    ],
}
LIES = (
    b'{"metadata": {"cells": [1], "kernelspec": 7, "otter": {"points": 9}}, "nbformat": "x", "cells":'
    b' [{"cell_type": "code", "source": "a = 1", "metadata": [], "outputs": {"source": "b = 2"}}]}'
)
PI = json.dumps({"cells": [code("π = 3")]}, ensure_ascii=False)
CELLS = b'"cells": [{"cell_type": "code", "source": "a = 1"}]'
READABLE = {
    "source as text": (notebook("a = 1"), ("a = 1",)),
    "source as a list of lines": (notebook(["a = 1\n", "b = 2"]), ("a = 1\nb = 2",)),
    "nbformat 3": (json.dumps(V3).encode(), ("a = 1\nb = 2", "c = 3")),
    "a byte order mark": (b"\xef\xbb\xbf" + PI.encode(), ("π = 3",)),
    "UTF-16": (PI.encode("utf-16"), ("π = 3",)),
    "UTF-16 without a mark": (PI.encode("utf-16-le"), ("π = 3",)),
    "latin-1": (b'{"cells": [{"cell_type": "code", "source": "# caf\xe9"}]}', ("# café",)),
    "invalid UTF-8": (b'{"cells": [{"cell_type": "code", "source": "# \xff\x81"}]}', ("# ÿ\ufffd",)),
    "CRLF": (notebook("a = 1\r\nb = 2\rc = 3").replace(b", ", b",\r\n"), ("a = 1\nb = 2\nc = 3",)),
    "cells that are no objects": (cells([3, None, "x", code("a = 1")]), ("a = 1",)),
    "no cell_type": (cells([{"source": "a = 1"}]), ("a = 1",)),
    "Markdown and raw text": (cells([{"cell_type": t, "source": "a"} for t in ("markdown", "raw", 3)]), ()),
    "lines that are no text": (cells([code(["a = 1", 3, None])]), ("a = 1",)),
    "a source that is no text": (cells([code(3)]), ()),
    "no source": (cells([{"cell_type": "code"}]), ()),
    "NaN and infinity": (b"{" + CELLS + b', "x": [NaN, -Infinity]}', ("a = 1",)),
    "a huge integer": (b'{"x": ' + b"9" * 100_000 + b", " + CELLS + b"}", ("a = 1",)),
    "metadata that lies": (LIES, ("a = 1",)),
    "Google Colab": (json.dumps(COLAB).encode(), ("#@title x\na = 1",)),
    "a lone surrogate": (cells([code("s = '\ud800'")]), ("s = '\ufffd'",)),
    "no cells at all": (cells([]), ()),
}


@pytest.mark.parametrize("oddity", READABLE)
def test_it_reads_a_notebook_with(oddity):
    data, expected = READABLE[oddity]
    found = read_notebook("x.ipynb", data)
    assert (found.cells, found.problem) == (expected, "")
    "".join(found.cells).encode()  # no surrogates


BROKEN = {
    "an empty file": (b"", "empty"),
    "only zeros": (bytes(3000), "empty"),
    "HTML": (b"\n<!DOCTYPE html>\n<html>log in</html>", "web page"),
    "HTML with a byte order mark": (b"\xef\xbb\xbf<html lang='de'>", "web page"),
    "a Word file": (b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml", "Word"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word"),
    "RTF": (b"{\\rtf1\\ansi x}", "RTF"),
    "a zip": (b"PK\x03\x04ex05.ipynb", "ends in .zip"),
    "a PDF": (b"%PDF-1.7", "PDF"),
    "a pointer of Git LFS": (b"version https://git-lfs.github.com/spec/v1\noid", "Git LFS"),
    "Python": (b"import numpy as np\n", "does not begin with"),
    "half a file": (notebook("a = 1")[:60], r"cut off or damaged \(line 1\)"),
    "a Git conflict": (
        notebook("a").replace(b'"cells"', b'\n<<<<<<< HEAD\n"cells"\n=======\n>>>>>>> x\n'),
        "Git conflict",
    ),
    "a list": (b"[1, 2]", "no notebook"),
    "a number": (b"3", "no notebook"),
    "no cells": (b'{"nbformat": 4}', "has no cells"),
    "cells that are no list": (b'{"cells": {"a": 1}}', "has no cells"),
    "worksheets that are no list": (b'{"worksheets": 1}', "has no cells"),
    "deep nesting": (b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deep"),
    "too many brackets": (b'{"cells": [' + b"[]," * 500_000 + b"[]]}", "clear them"),
    "too many commas": (b'{"cells": [' + b"0," * 2_100_000 + b"0]}", "clear them"),
    "too many bytes": (b" " * (limits.FILE_BYTES + 1), "larger than 32 MiB: clear its outputs"),
}


@pytest.mark.parametrize("oddity", BROKEN)
def test_it_says_in_a_sentence_what_to_do_about(oddity):
    data, problem = BROKEN[oddity]
    found = read_notebook("x.ipynb", data)
    assert found.cells == ()
    assert re.search(problem, found.problem)
    assert len(found.problem) < 160
    assert "\n" not in found.problem


def test_too_many_and_too_long_cells_are_left_out_and_a_note_says_so():
    many = read_notebook("x.ipynb", notebook(*["a = 1"] * 2500))
    assert len(many.cells) == limits.CELLS
    assert many.notes == ("only the first 2000 of 2500 cells were read",)
    long = read_notebook("x.ipynb", notebook("a = 1", "#" * 200_001, "b = 2"))
    assert long.cells == ("a = 1", "b = 2")
    assert long.notes == ("code cell 2 was left out: it is longer than 200,000 characters",)
    much = read_notebook("x.ipynb", notebook(*["#" * 199_000] * 30))
    assert sum(map(len, much.cells)) <= limits.CODE_CHARACTERS
    assert "too much code in all" in much.notes[0]


def test_large_outputs_are_no_obstacle():
    picture = {"output_type": "display_data", "data": {"image/png": "A" * 5_000_000}}
    data = cells([{"cell_type": "code", "source": "a = 1", "outputs": [picture]}] * 5)
    assert read_notebook("x.ipynb", data).cells == ("a = 1",) * 5


def test_a_script_is_one_cell_or_what_lies_between_its_markers():
    assert read_script("x.py", b"a = 1\nb = 2\n").cells == ("a = 1\nb = 2",)
    text = b"import x\r\n# %% first\r\na = 1\r\n#%%\r\nb = 2\r\n# %% [markdown]\r\n# words\r\n# %%\r\n\r\n"
    assert read_script("x.py", text).cells == ("import x", "a = 1", "b = 2")
    assert read_script("x.py", b"# caf\xe9").cells == ("# café",)
    assert "empty" in read_script("x.py", b" \n").problem
    assert "PDF" in read_script("x.py", b"%PDF-1.7").problem
