"""Notebooks, folders and zips as students hand them in, for the tests of the grader."""

import json
import zipfile
from pathlib import Path


def notebook(*cells):
    """The bytes of a notebook with these code cells."""
    made = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def write(folder, files):
    """Write files: name -> bytes, text, or for names that end in .ipynb the text of its one code cell."""
    for name, content in files.items():
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".ipynb") and isinstance(content, str):
            content = notebook(content)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Path(folder)


def zipped(folder, to):
    """The folder as a zip."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder))
    return to


def zip_of(to, files):
    """A zip of names -> bytes or text, in this order, also with names that no honest program writes."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return to
