"""Notebooks made for one test."""

import json


def notebook_of(folder, cells, imports="from stage import gallery, hands"):
    """Write stages.ipynb with one cell for each {id: source} into the served part of `folder`; returns it."""
    (folder / "root").mkdir()
    made = [
        dict(
            cell_type="code", id=name.replace("_", "-"), metadata={}, source=f"{imports}\n{source}",
            outputs=[], execution_count=None,
        )
        for name, source in cells.items()
    ]  # fmt: skip
    kernel = dict(kernelspec=dict(name="python3", display_name="Python 3", language="python"))
    book = dict(cells=made, metadata=kernel, nbformat=4, nbformat_minor=5)
    (folder / "root" / "stages.ipynb").write_text(json.dumps(book), encoding="utf-8")
    return folder
