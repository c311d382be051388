"""What the deck names, read from lectures/slides.toml: its records, whatever else the registries have."""

import tomllib
from pathlib import Path

SLIDES = tomllib.loads((Path(__file__).parents[1] / "lectures" / "slides.toml").read_text(encoding="utf-8"))[
    "slide"
]


def named_on_slides(module, registry, first_slide=None):
    """The names of `registry` whose functions are formulas of `module` on the slides, as they first appear.

    With `first_slide` the slides before the one of this id are left out.
    """
    ids = [slide["id"] for slide in SLIDES]
    slides = SLIDES[ids.index(first_slide) if first_slide else 0 :]
    found = [f["mlpkit"].split(".") for slide in slides for f in slide.get("formula", [])]
    names = (name for part, name in found if part == module and name in registry)
    return list(dict.fromkeys(names))
