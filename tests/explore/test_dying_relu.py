"""Dead ReLU units are counted."""

from mlpkit import explore


def test_dead_units_are_counted_in_words():
    early, late = explore.dying_relu(step=0), explore.dying_relu(step=20)
    assert "0 of 32 units are dead" in early.description
    assert "15 of 32 units are dead" in late.description
