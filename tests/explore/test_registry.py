"""The explorables, over the registry: a new one is tested as soon as it is entered."""

import inspect
import tomllib

import numpy as np
import pytest
from notebooks import LECTURES, code

from mlpkit import explore
from mlpkit.explore import EXPLORABLES
from mlpkit.stage.check import sample

SLIDES = {s["id"] for s in tomllib.loads((LECTURES / "slides.toml").read_text(encoding="utf-8"))["slide"]}
every = pytest.mark.parametrize("name", EXPLORABLES)


@pytest.fixture
def stage(name):
    made = EXPLORABLES[name].build()
    yield made
    made.close()


def some_positions(stage, count=6):
    """The ends of every control and a few places between; what is typed or drawn stays as it is."""
    return sample(stage.states.values, stage.position, count, seed=0)[1:]


@every
def test_it_is_a_name_of_the_package_and_stands_beside_a_slide(name):
    assert getattr(explore, name) is EXPLORABLES[name].build
    assert EXPLORABLES[name].slides
    assert set(EXPLORABLES[name].slides) <= SLIDES
    assert inspect.getdoc(EXPLORABLES[name].build)


@every
def test_the_same_position_gives_the_same_picture_and_the_same_words(name, stage):
    positions = some_positions(stage)
    first = {str(at): stage.states.state(at) for at in positions}
    for at in reversed(positions):
        words, says = stage.states.state(at)
        np.testing.assert_array_equal(words, first[str(at)][0])
        assert says == first[str(at)][1]


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
        assert len(pictures) > len(elsewhere)
        assert len(sentences) > 1


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
            seen = set()
            for value in FREE[key]:
                stage.controls[key].value = value
                words, says = stage.states.state(stage.position)
                assert len(words)
                assert says.endswith(".")
                assert "nan" not in says.lower()
                assert len(says) < 260
                seen.add((words.tobytes(), says))
            assert len(seen) > len(FREE[key]) / 2


@every
def test_its_words_are_a_sentence_without_nan(name, stage):
    for at in [stage.position, *some_positions(stage)]:
        says = stage.states.state(at)[1]
        assert says.endswith(".")
        assert "nan" not in says.lower()
        assert 20 < len(says) < 260


@every
def test_it_starts_where_its_signature_says(name):
    parameters = inspect.signature(EXPLORABLES[name].build).parameters
    stage = EXPLORABLES[name].build()
    assert list(parameters) == list(stage.controls)
    for key, parameter in parameters.items():
        assert stage.controls[key].value == parameter.default
    stage.close()


@every
def test_it_is_used_in_a_lecture_that_covers_its_slides(name):
    for path in LECTURES.glob("*.ipynb"):
        for cell in code(path):
            if f"explore.{name}(" in cell["source"] and set(cell["metadata"]["mlpkit"]["slides"]) & set(
                EXPLORABLES[name].slides
            ):
                return
    pytest.fail(f"no lecture shows {name} beside {EXPLORABLES[name].slides}")


def test_more_bumps_make_the_mean_error_fall_and_the_unit_count_rise():
    from mlpkit.explore import n_bumps

    five, forty = n_bumps(n=5), n_bumps(n=40)
    assert "10 hidden units" in five.description
    assert "80 hidden units" in forty.description
    mean = [float(stage.description.split("Mean error ")[1].split(",")[0]) for stage in (five, forty)]
    assert mean[1] < mean[0] / 3


def test_the_curve_of_n_bumps_is_the_prediction_of_the_network():
    from mlpkit.approximation import TARGETS, bump_network
    from mlpkit.explore import n_bumps

    stage = n_bumps(n=12, steepness=16.0)
    (curve,) = [line for line in stage.figure.axes[0].lines if line.get_label() == "network ŷ"]
    net = bump_network(TARGETS["nielsen"].f, 12, 192.0)
    x = curve.get_xdata()
    np.testing.assert_array_equal(curve.get_ydata(), net.predict(x[:, None])[:, 0])
