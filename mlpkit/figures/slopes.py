"""Slopes of an activation function, measured by difference quotients."""

STEP = 1e-5  # of the difference quotients


def numeric_slope(g, z):
    """(g(z + h) - g(z - h))/2h for every entry of z.

    `gradcheck.numeric_gradient` entry by entry, for whole curves at once and without its checks.
    """
    return (g(z + STEP) - g(z - STEP)) / (2 * STEP)


def one_sided_slopes(g, z, h=STEP):
    """The difference quotients to the left and to the right of a number z."""
    return float((g(z) - g(z - h)) / h), float((g(z + h) - g(z)) / h)


def slopes_at(g, z):
    """The slopes of an activation record at z as (left, right); () at a jump.

    At a kink both are measured and rounded to five digits; elsewhere both are g.dg(z).

    >>> from mlpkit.activations import ACTIVATIONS
    >>> slopes_at(ACTIVATIONS["relu"], 0.0), slopes_at(ACTIVATIONS["step"], 0.0)
    ((0.0, 1.0), ())
    """
    if z not in g.kinks:
        return (float(g.dg(z)),) * 2
    left, right = (round(slope, 5) for slope in one_sided_slopes(g, z))
    return (left, right) if max(abs(left), abs(right)) < 1e3 else ()
