"""A small computational graph for backpropagation step by step: every number keeps what it was computed from.

`value` has the nodes and their operations, `sweep` the chain rule through all of them, `listing` the text.

Imports: nothing.

>>> x, w, b = Value(2.0, "x"), Value(-3.0, "w"), Value(1.0, "b")
>>> J = ((w * x + b) ** 2).named("J")
>>> J.backward()
>>> J.value, x.grad, w.grad, b.grad
(25.0, 30.0, -20.0, -10.0)
>>> print(J.trace())
forward
  w = -3
  x = 2
  v1 = w * x = -6
  b = 1
  v2 = v1 + b = -5
  J = v2 ** 2 = 25
backward, from dJ/dJ = 1
  J = v2 ** 2:  dJ/dv2 = 1 · (-10) = -10
  v2 = v1 + b:  dJ/dv1 = (-10) · 1 = -10,  dJ/db = (-10) · 1 = -10
  v1 = w * x:  dJ/dw = (-10) · 2 = -20,  dJ/dx = (-10) · (-3) = 30
"""

from mlpkit.graph.sweep import SweepStep, gradients, reverse_sweep, topological_order
from mlpkit.graph.value import Value, exp, log, maximum, relu, sigmoid, tanh

__all__ = [
    "SweepStep",
    "Value",
    "exp",
    "gradients",
    "log",
    "maximum",
    "relu",
    "reverse_sweep",
    "sigmoid",
    "tanh",
    "topological_order",
]
