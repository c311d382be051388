"""Four computational graphs that a lecture would draw, for tests."""

from mlpkit.graph import Value, exp, log, sigmoid, tanh


def named(**numbers):
    """Leaves with these names and values."""
    return [Value(value, name) for name, value in numbers.items()]


def square():
    """(wx + b)²."""
    w, x, b = named(w=-3.0, x=2.0, b=1.0)
    return ((w * x + b) ** 2).named("J")


def shared():
    """A node that is used three times, twice by the same node."""
    w, x = named(w=-3.0, x=2.0)
    z = (w * x).named("z")
    return (z * z + 4 * exp(z / 10)).named("J")


def neuron():
    """A sigmoid neuron with two inputs and its squared error."""
    w1, x1, w2, x2, b, y = named(w1=0.8, x1=0.5, w2=-0.3, x2=-1.0, b=0.1, y=1.0)
    z = (w1 * x1 + w2 * x2 + b).named("z")
    return ((y - sigmoid(z).named("ŷ")) ** 2).named("J")


def network():
    """A 2-2-1 network with its cross-entropy: 28 nodes."""
    x1, x2, c = named(x1=0.5, x2=-1.0, c=0.3)
    total = c
    for w1, w2, b, v in (
        named(w11=0.3, w21=1.2, b1=0.1, v1=1.5),
        named(w12=-0.7, w22=0.4, b2=-0.2, v2=-0.75),
    ):
        total = total + v * tanh(w1 * x1 + w2 * x2 + b)
    return (-log(sigmoid(total))).named("J")


GRAPHS = {make.__name__: make for make in (square, shared, neuron, network)}
