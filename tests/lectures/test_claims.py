"""What a text says of a figure is what the figure says: lectures/claims.toml, tried on the figures."""

import json
import re
import tomllib
from functools import lru_cache
from itertools import groupby

import ipywidgets as w
import numpy as np
import pytest
from notebooks import LECTURES, PATHS, cells

from mlpkit import explore
from mlpkit.stage import Stage

CLAIMS = tomllib.loads((LECTURES / "claims.toml").read_text(encoding="utf-8"))["claim"]
GROUPS = [
    (lecture, figure, list(claims))
    for (lecture, figure), claims in groupby(CLAIMS, lambda c: (c["lecture"], c["figure"]))
]
FIGURES = [
    (path.stem, cell["id"]) for path in PATHS for cell in cells(path) if cell["source"].startswith("explore.")
]
KEYS = {"lecture", "figure", "set", "says", "never", "cell", "text"}


@lru_cache
def cells_of(lecture):
    """The cells of a lecture."""
    return cells(LECTURES / f"{lecture}.ipynb")


def cell_of(lecture, name):
    """The cell of a lecture with this id."""
    found = [cell for cell in cells_of(lecture) if cell["id"] == name]
    assert found, f"claims.toml: lecture {lecture} has no cell {name}"
    return found[0]


def built(lecture, figure):
    """The figure that a cell of a lecture shows, in its first state."""
    return eval(cell_of(lecture, figure)["source"], {"explore": explore})


@lru_cache
def first_sentence(lecture, figure):
    """What a figure says as it opens; "" for the studio."""
    stage = built(lecture, figure)
    said = stage.description if isinstance(stage, Stage) else ""
    stage.close()
    return said


def move(stage, name, value):
    """Set a control as a reader does: a menu by its label, a slider to a number that it has."""
    assert name in stage.controls, f"the figure has the controls {list(stage.controls)}, and no {name}"
    control = stage.controls[name]
    if hasattr(control, "options"):
        labels = dict(control.options)
        assert value in labels, f"the menu {name} has {list(labels)}, and no {value!r}"
        control.value = labels[value]
        return
    control.value = value
    if isinstance(value, float | int) and not isinstance(control, w.Checkbox):
        assert np.isclose(control.value, value), f"the slider {name} has no {value}; near is {control.value}"


def tried(stage, start, claim):
    """The sentence of the figure in the state of a claim, from its first state on."""
    for name, control in stage.controls.items():
        control.value = start[name]
    for name, value in claim.get("set", {}).items():
        move(stage, name, value)
    return stage.description


@pytest.mark.parametrize(("lecture", "figure", "claims"), GROUPS, ids=[f"{a[:2]}-{b}" for a, b, _ in GROUPS])
def test_the_figure_says_what_the_text_says(lecture, figure, claims):
    stage = built(lecture, figure)
    start = {name: control.value for name, control in stage.controls.items()}
    for claim in claims:
        said, at = tried(stage, start, claim), claim.get("set", "its first state")
        for part in claim.get("says", []):
            assert part in said, f"{lecture}, {figure} at {at} does not say {part!r}, but: {said}"
        for part in claim.get("never", []):
            assert part not in said, f"{lecture}, {figure} at {at} says {part!r}: {said}"
    stage.close()


@pytest.mark.parametrize("claim", CLAIMS, ids=[f"{c['lecture'][:2]}-{c['cell']}" for c in CLAIMS])
def test_the_text_is_there_and_the_claim_is_whole(claim):
    assert set(claim) <= KEYS
    assert claim.get("says") or claim.get("never")
    source = " ".join(cell_of(claim["lecture"], claim["cell"])["source"].split())
    assert claim["text"] in source, (
        f"cell {claim['cell']} of lecture {claim['lecture']} has no {claim['text']!r}"
    )


def test_claims_of_a_figure_stand_together_in_the_order_of_the_lectures():
    assert len({(lecture, figure) for lecture, figure, _ in GROUPS}) == len(GROUPS)
    order = [FIGURES.index((lecture, figure)) for lecture, figure, _ in GROUPS]
    assert order == sorted(order)


def test_every_figure_has_a_claim():
    """All but the studio, which shows the figures of its lecture once more."""
    with_claims = {(lecture, figure) for lecture, figure, _ in GROUPS}
    missing = [figure for figure in FIGURES if figure not in with_claims and "studio" not in figure[1]]
    assert not missing, f"claims.toml: what do the texts say of {missing}?"


def answers():
    """(lecture, cell, figure) of the texts between a figure and the next one that answer a question."""
    found = []
    for path in PATHS:
        figure = None
        for cell in cells(path):
            if cell["source"].startswith("explore."):
                figure = cell["id"]
            elif cell["metadata"]["slideshow"]["slide_type"] == "slide":
                figure = None
            elif figure and "<summary><b>Answer" in cell["source"]:
                found.append((path.stem, cell["id"], figure))
    return found


@pytest.mark.parametrize(
    ("lecture", "cell", "figure"), answers(), ids=[f"{a[:2]}-{b}" for a, b, _ in answers()]
)
def test_a_decimal_number_in_an_answer_is_claimed_printed_or_in_the_figure(lecture, cell, figure):
    """Such a number is measured: it stands in a claim, in an output, or in the first state of the figure."""
    if "studio" in figure:
        return
    source = cell_of(lecture, cell)["source"]
    claims = [c for c in CLAIMS if c["lecture"] == lecture and cell in (c["cell"], c["figure"])]
    claims += [c for c in CLAIMS if c["lecture"] == lecture and c["figure"] == figure]
    outputs = [json.dumps(c.get("outputs", "")) for c in cells_of(lecture)]
    known = " ".join([json.dumps(c, ensure_ascii=False) for c in claims] + [first_sentence(lecture, figure)])
    printed = " ".join(text for text in outputs if "output_type" in text)
    for number in re.findall(r"(?<![\w.])\d+\.\d+(?![\w.])|\d+(?= ?\\?,?\\?%)", source):
        assert number in known or number in printed, (
            f"{lecture}, {cell}: the number {number} is in no claim about {figure} and in no output"
        )


def test_a_false_claim_is_found():
    stage = built("07_universal_approximation", "one-step-explorable")
    start = {name: control.value for name, control in stage.controls.items()}
    assert "b = −ws = −5.6" in tried(stage, start, {"set": {"s": 0.7}})
    with pytest.raises(AssertionError, match=r"the slider s has no 0\.705"):
        tried(stage, start, {"set": {"s": 0.705}})
    menu = built("07_universal_approximation", "n-bumps-explorable")
    with pytest.raises(AssertionError, match=r"the menu target has .*, and no 'cosine'"):
        move(menu, "target", "cosine")
    with pytest.raises(AssertionError, match="and no units"):
        move(menu, "units", 3)
