r"""Activation functions: one record for each, from which every table, plot, slider and test is made.

Look one up by name, call it, ask for its derivative:

>>> swish = activation("swish", beta=2.0)
>>> swish([-1.0, 0.0, 1.0]).round(4)
array([-0.1192,  0.    ,  0.8808])
>>> swish.dg(0.5).round(5)
np.float64(0.92767)

`functions` has the formulas, the stable forms and the conventions (H(0) = ½, relu′(0) = 0).
A record with another convention is one line:

>>> from dataclasses import replace
>>> from functools import partial
>>> replace(ACTIVATIONS["relu"], dg=partial(relu_prime, at_zero=1.0)).dg(0.0)
np.float64(1.0)

Imports: numpy, _checks.
"""

from __future__ import annotations

import math

from mlpkit import _checks
from mlpkit.activations.functions import (
    elu,
    elu_prime,
    gelu,
    gelu_prime,
    leaky_relu,
    leaky_relu_prime,
    linear,
    linear_prime,
    relu,
    relu_prime,
    sigmoid,
    sigmoid_prime,
    softplus,
    softplus_prime,
    step,
    step_prime,
    swish,
    swish_prime,
    tanh,
    tanh_prime,
)
from mlpkit.activations.functions import gelu_sigmoid as gelu_sigmoid
from mlpkit.activations.functions import gelu_tanh as gelu_tanh
from mlpkit.activations.record import Activation

INF = math.inf


def _leaky_relu_shape(alpha):
    return (-INF if alpha else 0.0, INF), (0.0,) if alpha != 1 else ()


def _elu_shape(alpha):
    return (-alpha, INF), (0.0,) if alpha != 1 else ()


def _swish_shape(beta):
    return (-0.2784645427610738 / beta if beta else -INF, INF), ()  # the minimum of z·σ(z), scaled by 1/β


LINEAR = Activation(
    "linear",
    linear,
    linear_prime,
    label="linear",
    formula=r"z",
    gradient=r"1",
    range=(-INF, INF),
    source="slides linear-models, output-linear, activations-table, activations-panels",
)

STEP = Activation(
    "step",
    step,
    step_prime,
    label="binary step",
    formula=r"H(z) = \begin{cases} 0 & z < 0 \\ 1 & z > 0 \end{cases}",
    gradient=r"0 \quad (z \neq 0)",
    range=(0.0, 1.0),
    kinks=(0.0,),
    source="slide activations-table; McCulloch and Pitts 1943",
    erratum="the slide writes sign(a), which is -1 for a < 0; a step from 0 to 1 is the Heaviside function "
    "H, and sign(z) = 2H(z) - 1. Here H(0) = 1/2, the limit of the sigmoid of wz",
)

SIGMOID = Activation(
    "sigmoid",
    sigmoid,
    sigmoid_prime,
    label="sigmoid",
    formula=r"\sigma(z) = \frac{1}{1 + e^{-z}}",
    gradient=r"g(z)\,(1 - g(z))",
    range=(0.0, 1.0),
    source="slides linear-models, output-sigmoid, activations-table, activations-panels, activations-hidden",
)

TANH = Activation(
    "tanh",
    tanh,
    tanh_prime,
    label="tanh",
    formula=r"\tanh z = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}",
    gradient=r"1 - g(z)^2",
    range=(-1.0, 1.0),
    source="slides activations-table, activations-panels, activations-hidden",
)

RELU = Activation(
    "relu",
    relu,
    relu_prime,
    label="ReLU",
    formula=r"\max\{0, z\}",
    gradient=r"\begin{cases} 0 & z \le 0 \\ 1 & z > 0 \end{cases}",
    range=(0.0, INF),
    kinks=(0.0,),
    source="slides activations-table, activations-panels, activations-hidden, relu; Nair and Hinton 2010",
    erratum="the slide gives the gradient 1 at 0, which is a convention: any value in [0, 1] is a "
    "subgradient, and 0 is the usual choice, also here. A unit is dead only if it is inactive on ALL "
    "inputs, and a bias of 0.1 keeps most units active only when the weights are tiny",
)

SOFTPLUS = Activation(
    "softplus",
    softplus,
    softplus_prime,
    label="softplus",
    formula=r"\ln(1 + e^{z})",
    gradient=r"\sigma(z) = \frac{1}{1 + e^{-z}}",
    range=(0.0, INF),
    source="slides activations-hidden, activations-more",
)

LEAKY_RELU = Activation(
    "leaky_relu",
    leaky_relu,
    leaky_relu_prime,
    label="leaky ReLU",
    formula=r"\begin{cases} z & z > 0 \\ \alpha z & z \le 0 \end{cases}",
    gradient=r"\begin{cases} 1 & z > 0 \\ \alpha & z \le 0 \end{cases}",
    range=(-INF, INF),
    params={"alpha": (0.01, 0.0, 1.0)},
    kinks=(0.0,),
    shape=_leaky_relu_shape,
    source="slide activations-more; Maas, Hannun and Ng 2013",
)

ELU = Activation(
    "elu",
    elu,
    elu_prime,
    label="ELU",
    formula=r"\begin{cases} z & z > 0 \\ \alpha(e^{z} - 1) & z \le 0 \end{cases}",
    gradient=r"\begin{cases} 1 & z > 0 \\ \alpha e^{z} & z \le 0 \end{cases}",
    range=(-1.0, INF),
    params={"alpha": (1.0, 0.1, 2.0)},
    shape=_elu_shape,
    source="slide activations-more; Clevert, Unterthiner and Hochreiter 2015, arXiv:1511.07289",
    erratum="the gradient has no jump at 0 only for α = 1; for any other α it jumps from α to 1",
)

SWISH = Activation(
    "swish",
    swish,
    swish_prime,
    label="swish",
    formula=r"z\,\sigma(\beta z)",
    gradient=r"\beta g(z) + \sigma(\beta z)\,(1 - \beta g(z))",
    range=_swish_shape(1.0)[0],
    params={"beta": (1.0, 0.0, 10.0)},
    shape=_swish_shape,
    source="slides activations-more, swish; Ramachandran, Zoph and Le 2017, arXiv:1710.05941",
    erratum="the slide's gradient has g(βz) where g(z) is meant, which is right for β = 1 only: at β = 2, "
    "z = 0.5 the slope is 0.92767, and the slide's formula gives 1.20482",
)

GELU = Activation(
    "gelu",
    gelu,
    gelu_prime,
    label="GELU",
    formula=r"z\,\Phi(z) = \tfrac12 z \left(1 + \operatorname{erf}\frac{z}{\sqrt2}\right)",
    gradient=r"\Phi(z) + z\,\varphi(z)",
    range=(-0.16997120747990369, INF),
    source="slides gelu, gelu-derivative; Hendrycks and Gimpel 2016, arXiv:1606.08415",
)

ACTIVATIONS: dict[str, Activation] = _checks.Registry(
    "activation",
    (LINEAR, STEP, SIGMOID, TANH, RELU, SOFTPLUS, LEAKY_RELU, ELU, SWISH, GELU),
)


def activation(name: str | Activation, **params: float) -> Activation:
    """The record called `name` (or the record itself), with its parameters set.

    >>> activation("elu", alpha=0.5)
    Activation('elu', alpha=0.5)
    >>> activation("relux")
    Traceback (most recent call last):
    ValueError: unknown activation 'relux'; did you mean 'relu'?
    """
    record = name if isinstance(name, Activation) else _checks.look_up("activation", name, ACTIVATIONS)
    return record.with_params(**params)
