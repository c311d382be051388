"""Which section of a lecture treats a question: the one that its text in the master notebook links to.

The masters are the source. They are no part of the installed package, so `mlpkit exercises build` puts their
links into `sections.json` beside this file.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

FILE = "sections.json"
LINK = re.compile(r"\[([^\]]+)\]\(\.\./\.\./lectures/(\w+)\.ipynb#cell-id=([\w-]+)\)")
RECALL = "-recall"  # the end of the ids of the cells in which a question is introduced


@dataclass(frozen=True)
class Section:
    """A section of a lecture: the notebook's name, the id of the cell where it begins, its title."""

    lecture: str
    cell: str
    title: str

    def __str__(self):
        return f"lecture {self.lecture.partition('_')[0]}, {self.title}"


def sections(question: str) -> tuple[Section, ...]:
    """The sections that treat a question, in the order in which its text links them; none for an unknown one.

    >>> str(sections("gelu")[0])
    'lecture 03, GELU'
    """
    return _all().get(question, ())


@cache
def _all():
    text = (files("mlpkit.grading.pages") / FILE).read_text(encoding="utf-8")
    return {name: tuple(Section(*one) for one in some) for name, some in json.loads(text).items()}


def linked(masters) -> str:
    """The text of `sections.json` for the masters in a folder."""
    found = {}
    for path in sorted(Path(masters).glob("ex*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            name = cell.get("id", "")
            if cell["cell_type"] == "markdown" and name.endswith(RECALL):
                links = LINK.findall("".join(cell["source"]))
                question = name.removesuffix(RECALL).replace("-", "_")
                found[question] = [[lecture, there, title] for title, lecture, there in links]
    lines = [f"{json.dumps(name)}: {json.dumps(some, ensure_ascii=False)}" for name, some in found.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def write(masters, checkout) -> None:
    """Write `sections.json` in a checkout anew from the masters in a folder; elsewhere do nothing."""
    place = Path(checkout) / "mlpkit" / "grading" / "pages" / FILE
    if place.parent.is_dir():
        place.write_text(linked(masters), encoding="utf-8", newline="\n")
