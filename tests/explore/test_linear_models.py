"""Straight borders, and where three of them meet."""

import numpy as np

from mlpkit.explore.linear_models import CORNERS, LABELS, meeting_point, three_logits
from mlpkit.figures.plane import PLANE


def test_and_and_or_have_a_border_at_a_position_of_the_sliders_and_xor_has_none(built):
    assert (
        "4 of the 4 points of AND"
        in built("decision_boundary", w1=1, w2=1, b=-1, points="AND, both").description
    )
    stage = built("decision_boundary", w1=1, w2=1, b=1, points="OR, at least one")
    assert "4 of the 4 points of OR" in stage.description
    grid = np.stack(np.meshgrid(*[np.arange(-5, 5.25, 0.25)] * 3), axis=-1).reshape(-1, 3)
    right = ((grid[:, :2] @ CORNERS.T + grid[:, 2:] > 0) == LABELS["XOR, one or the other"]).sum(axis=1)
    assert right.max() == 3


def test_three_borders_meet_where_the_logits_are_equal():
    W, b = three_logits(0.5, 1.25, -0.75)
    logits = meeting_point(W, b) @ W + b
    np.testing.assert_allclose(logits, logits[0], atol=1e-12)


def test_weights_on_one_line_have_no_meeting_point():
    assert meeting_point(*three_logits(0.0, -1.0, 0.5)) is None


def test_a_class_between_the_two_others_owns_nothing_without_a_bias(built):
    image = built("three_classes", v1=0.0, v2=-1.0).figure.axes[0].images[0]
    own = image.get_array() < 1  # shades from 0 to 1 are class 1
    assert not own[:, PLANE[0, :, 0] != 0].any()  # for x₁ = 0 all three are equally likely
