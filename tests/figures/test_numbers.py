"""Numbers as text."""

import pytest

from mlpkit.figures.numbers import format_number, scientific, signed, superscript


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (0.25, "0.25"), (1.91e-12, "1.9·10⁻¹²"), (2.5e17, "2.5·10¹⁷")]
)
def test_only_a_very_small_or_very_large_number_has_a_power_of_ten(value, text):
    assert scientific(value) == text


def test_negative_numbers_have_a_true_minus_sign():
    assert format_number(-1.5) == "−1.5"
    assert signed(-0.25) == "− 0.25"
    assert signed(0.25) == "+ 0.25"
    assert superscript(-3) == "⁻³"
