"""The listing of a computational graph: each operation, each step of the reverse sweep, distinct names."""

from mlpkit.graph import Value, exp, maximum, relu


def test_the_trace_shows_values_and_the_sweep_with_what_was_there_before():
    x, w = Value(2.0, "x"), Value(-3.0, "w")
    z = (w * x).named("z")
    J = (z * z + 4 * exp(z - z)).named("J")
    text = J.trace()
    assert text.splitlines() == [
        "forward",
        "  w = -3",
        "  x = 2",
        "  z = w * x = -6",
        "  v1 = z * z = 36",
        "  v2 = z - z = 0",
        "  v3 = exp(v2) = 1",
        "  v4 = 4 * v3 = 4",
        "  J = v1 + v4 = 40",
        "backward, from dJ/dJ = 1",
        "  J = v1 + v4:  dJ/dv1 = 1 · 1 = 1,  dJ/dv4 = 1 · 1 = 1",
        "  v4 = 4 * v3:  dJ/dv3 = 1 · 4 = 4",
        "  v3 = exp(v2):  dJ/dv2 = 4 · 1 = 4",
        "  v2 = z - z:  dJ/dz = 4 · 1 = 4,  dJ/dz = 4 + 4 · (-1) = 0",
        "  v1 = z * z:  dJ/dz = 0 + 1 · (-6) = -6,  dJ/dz = -6 + 1 · (-6) = -12",
        "  z = w * x:  dJ/dw = (-12) · 2 = -24,  dJ/dx = (-12) · (-3) = 36",
    ]
    assert [node.grad for node in (x, w, z, J)] == [0] * 4  # a listing changes nothing
    J.backward()
    assert (x.grad, w.grad) == (36, -24)


def test_the_trace_tells_equal_names_apart_and_prints_every_operation():
    a, b = Value(1.0, "a"), Value(2.0, "a")
    text = (-a / b**2 + maximum(a, a**b) - 3 * relu(b)).trace()
    for part in (
        "a2 = 2",
        "= -a =",
        "= a2 ** 2 =",
        "= maximum(a, v",
        "= a ** a2 =",
        "= 3 * v",
        "= relu(a2) =",
    ):
        assert part in text
    assert Value(1.0).trace().splitlines() == ["forward", "backward, from d1/d1 = 1"]
