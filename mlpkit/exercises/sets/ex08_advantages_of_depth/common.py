"""What the questions of this set share: counts."""

import numpy as np

from mlpkit.exercises.inside.plain import Numbers
from mlpkit.exercises.judges import Tolerance, custom, failed, form, number
from mlpkit.exercises.records import Trouble

COUNT = Tolerance(1e-12, 1e-9, "a count: nothing is rounded")


def whole_number():
    """The property that one whole number came back, whatever its type."""
    advice = "One number is asked for, and it is a count."
    return custom("a whole number", 1, _whole, advice=advice)


def _whole(got, wanted):
    if trouble := failed(got, wanted):
        return trouble
    came, right = _in_words(got.value), _in_words(wanted.value)
    return None if came == right else Trouble(right, came)


def _in_words(value):
    if not isinstance(value, Numbers) or value.values.ndim:
        return form(value)
    whole = value.values == np.rint(value.values)
    return "a whole number" if whole else number(float(value.values))
