"""The explorables, over the registry: a new one is tested as soon as it is entered."""

import inspect

import numpy as np
import pytest
from notebooks import LECTURES, code

from mlpkit import explore
from mlpkit.explore import EXPLORABLES
from mlpkit.figures.deck import deck
from mlpkit.stage import widget
from mlpkit.stage.check import sample

SLIDES = {slide["id"]: slide["lecture"] for slide in deck()}
every = pytest.mark.parametrize("name", EXPLORABLES, scope="module")  # so that a stage is built once


@pytest.fixture(scope="module")
def stage(name):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(widget, "SCALE", 1)  # a quarter of the pixels: what changes is seen in them too
        made = EXPLORABLES[name].build()
    yield made
    made.close()


def some_positions(stage, count=6):
    """The ends of every control and a few places between; what is typed or drawn stays as it is."""
    return sample(stage.states.values, stage.position, count, seed=0)[1:]


@every
def test_it_is_a_name_of_the_package_and_stands_beside_a_slide(name):
    record = EXPLORABLES[name]
    assert getattr(explore, name) is record.build
    assert record.slides, f"{name} needs slides=[…], ids of lectures/slides.toml"
    unknown = sorted(set(record.slides) - set(SLIDES))
    assert not unknown, f"{name}: slides.toml has no slide {unknown}; it has {', '.join(SLIDES)}"
    assert record.notice, f"{name} needs a notice: what a reader learns by moving it"
    assert inspect.getdoc(record.build), f"{name} needs a docstring: what the figure shows"


@every
def test_the_same_position_gives_the_same_picture_and_the_same_words(name, stage):
    positions = some_positions(stage)
    first = {str(at): stage.states.state(at) for at in positions}
    for at in reversed(positions):
        words, says = stage.states.state(at)
        np.testing.assert_array_equal(words, first[str(at)][0])
        assert says == first[str(at)][1]


@pytest.mark.slow
@every
def test_every_control_changes_picture_and_words(name, stage):
    """Somewhere: a control may be without effect at some places of the others."""
    for column, values in enumerate(stage.states.values.values()):
        if values is None:  # typed or drawn: tested below
            continue
        pictures, sentences, elsewhere = set(), set(), set()
        for at in some_positions(stage, 3):
            others = str([*at[:column], *at[column + 1 :]])
            elsewhere.add(others)
            for index in (0, len(values) // 2, len(values) - 1):
                words, says = stage.states.state([*at[:column], index, *at[column + 1 :]])
                pictures.add((others, words.tobytes()))
                sentences.add(says)
        key = list(stage.controls)[column]
        assert len(pictures) > len(elsewhere), f"the control {key} of {name} changes nothing in the picture"
        assert len(sentences) > 1, f"the control {key} of {name} does not change the description"


@pytest.mark.slow
@every
def test_update_is_pure_and_only_live_artists_change(name, stage):
    stage.check()


# What people type and draw: right, wrong, empty, discontinuous, without a value somewhere, malicious.
FREE = {
    "formula": [
        "x", "|2x - 1|", "1/x", "log(x - 2)", "step(x - 1/3)", "9^9^9^9 x", "", "sin x", "import os"
    ],
    "curve": [[], [[0.5, 0.5]], [[0.2, 0.1], [0.2, 0.9], [0.8, 0]], [[0, 1e6], [1, -1e6]], [[-5, 0], [9, 1]]],
    "circles": [[], [[0.0, 0.0]], [[9.0, -1e6], [0.1, 0.1]], [[0.5, 0.5]] * 3],
    "crosses": [[], [[0.2, 0.2]], [[1e6, 1e6]], [[-1.0, 0.5], [1.0, -0.5], [0.0, 1.0]]],
    "heights": [[[0.1 + 0.2 * k, h] for k in range(5)] for h in (0.0, -3.0, 1e3)],
}  # fmt: skip


@every
def test_whatever_is_typed_or_drawn_gives_a_picture_and_a_sentence(name, stage):
    for key, values in stage.states.values.items():
        if values is None:
            assert key in FREE, f"FREE in this file needs values for {key} of {name}: right, wrong, empty"
            seen, first = set(), stage.controls[key].value
            for value in FREE[key]:
                stage.controls[key].value = value
                words, says = stage.states.state(stage.position)
                assert len(words)
                assert says.endswith(".")
                assert "nan" not in says.lower()
                assert len(says) < 260
                seen.add((words.tobytes(), says))
            stage.controls[key].value = first
            assert len(seen) > len(FREE[key]) / 2


@every
def test_its_words_are_a_sentence_without_nan(name, stage):
    for at in [stage.position, *some_positions(stage)]:
        says = stage.states.state(at)[1]
        sentence = says.endswith(".") and "nan" not in says.lower() and 20 < len(says) < 260
        assert sentence, (
            f"{name} describes position {at} as {says!r}: it has to be a sentence of 20 to 260 characters, "
            "with a full stop and without nan"
        )


@every
def test_it_starts_where_its_signature_says(name, stage):
    parameters = inspect.signature(EXPLORABLES[name].build).parameters
    assert list(parameters) == list(stage.controls), (
        f"{name} takes {list(parameters)} and has the controls {list(stage.controls)}: make them the same"
    )
    for key, parameter in parameters.items():
        value = stage.controls[key].value
        assert value == parameter.default, (
            f"the control {key} of {name} starts at {value!r} and not at its default {parameter.default!r}"
        )


@every
def test_it_is_used_in_a_lecture_that_covers_its_slides(name):
    for path in LECTURES.glob("*.ipynb"):
        for cell in code(path):
            if f"explore.{name}(" in cell["source"] and set(cell["metadata"]["mlpkit"]["slides"]) & set(
                EXPLORABLES[name].slides
            ):
                return
    wanted = " or ".join(f"{SLIDES.get(slide, '?')} (slide {slide})" for slide in EXPLORABLES[name].slides)
    pytest.fail(
        f"lecture {wanted} needs a code cell explore.{name}() with that slide in its metadata: "
        "mlpkit/explore/README.md, section 2"
    )


def test_slides_as_one_text_and_a_name_that_is_taken_are_refused(monkeypatch):
    from mlpkit.explore import registry

    monkeypatch.setattr(registry, "EXPLORABLES", dict(EXPLORABLES))
    with pytest.raises(TypeError, match=r"expects slides=\[…\], a list of slide ids; got 'neuron'"):
        registry.explorable(slides="neuron", notice="")

    def n_bumps():
        """Another figure of that name."""

    with pytest.raises(ValueError, match=r"which mlpkit\.explore\.bumps already has: choose another name"):
        registry.explorable(slides=["neuron"], notice="")(n_bumps)


def test_a_wrong_name_is_answered_with_the_nearest_explorable():
    with pytest.raises(AttributeError, match=r"unknown explorable 'n_bump'; did you mean 'n_bumps'\?"):
        _ = explore.n_bump
    assert not hasattr(explore, "__wrapped__")
