"""A notebook as a deck: slides, the steps in which they appear, speaker's notes and minutes."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

MINUTES = re.compile(r"\bMinutes: (\d+(?:\.\d+)?)")
KINDS = ("slide", "subslide", "fragment", "notes", "skip")  # the audience sees the first three


@dataclass
class Slide:
    """What is on the screen together: cells in the order in which they appear.

    `heading` is its own or the last one before it; `notes` are for the speaker, as Markdown;
    `minutes` are those of its section, which its first slide has and the others leave at 0.
    """

    number: int
    heading: str
    cells: list = field(default_factory=list)
    notes: str = ""
    minutes: float = 0

    @property
    def ids(self):
        """The ids of its cells."""
        return [cell["id"] for cell in self.cells]


@dataclass
class Deck:
    """A lecture's title and its slides in order; `cells` are all its cells, shown or not."""

    title: str
    slides: list
    cells: list

    @property
    def minutes(self):
        """The sum of the minutes in its notes."""
        return sum(slide.minutes for slide in self.slides)


def read_deck(path):
    """Read a notebook's slides -> Deck. A cell without slide metadata goes on with the slide before it.

    A section is a run of slides up to a cell of notes that names `Minutes: N`: all of them have these notes.
    ValueError for a file that is not a notebook.
    """
    cells = read_cells(path)
    deck, section = Deck("", [], cells), []
    for cell in cells:
        kind = kind_of(cell)
        if kind == "notes":
            section = add_notes(cell["source"], section, deck)
        elif kind in ("slide", "subslide") or (kind == "fragment" and not deck.slides):
            heading = heading_of(cell) or (deck.slides[-1].heading if deck.slides else Path(path).stem)
            deck.slides.append(Slide(len(deck.slides) + 1, heading, [cell]))
            section.append(deck.slides[-1])
        elif kind == "fragment":
            deck.slides[-1].cells.append(cell)
    deck.title = deck.slides[0].heading if deck.slides else Path(path).stem
    return deck


def read_cells(path):
    """The cells of a notebook, each with all that is read of it: people add and copy cells of their own.

    A source is one text, an id is there and unique, metadata and outputs are there, if empty.
    ValueError for a file that is not a notebook.
    """
    try:
        cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
        taken = set()
        return [completed(cell, number, taken) for number, cell in enumerate(cells, 1)]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"{Path(path).name} is not a notebook of format 4: {error!r}") from error


def completed(cell, number, taken):
    """A cell with every entry; `taken` has the ids of the cells before it."""
    name = cell.get("id") or f"cell-{number}"
    while name in taken:
        name = f"{name}-{number}"
    taken.add(name)
    source, metadata = "".join(cell.get("source", "")), cell.get("metadata") or {}
    outputs = [output for output in cell.get("outputs") or [] if isinstance(output, dict)]
    return {**cell, "id": name, "source": source, "metadata": metadata, "outputs": outputs}


def kind_of(cell):
    """A cell's slide type; `fragment` for a cell that has none, or one that is not known."""
    kind = (cell["metadata"].get("slideshow") or {}).get("slide_type")
    return kind if kind in KINDS else "fragment"


def add_notes(source, section, deck):
    """Give a cell's notes to the slides they are for; returns the section that is still open."""
    text = plain_notes(source)
    minutes = MINUTES.search(text)
    for slide in section if minutes else deck.slides[-1:]:
        slide.notes = f"{slide.notes}\n\n{text}".strip()
    if minutes and section:
        section[0].minutes += float(minutes[1])
        return []
    return section


def plain_notes(source):
    """A cell of notes without the fold that hides it in the notebook."""
    inner = re.sub(r"</?details>|<summary>.*?</summary>", "", source, flags=re.DOTALL)
    return inner.strip()


def heading_of(cell):
    """The first heading of a Markdown cell as plain text, or None."""
    if cell["cell_type"] != "markdown":
        return None
    found = re.search(r"^#{1,4} +(.+?)\s*$", cell["source"], re.MULTILINE)
    if not found:
        return None
    letters = re.sub(r"\\math[a-z]+\s*\{?(\w)\}?", r"\1", found[1]).replace("^2", "²")
    return re.sub(r"[$`*\\]", "", letters)
