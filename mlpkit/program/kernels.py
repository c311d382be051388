"""In-place kernels: activations, output units and optimizers as calls on a tape.

Kept apart from the functions in `activations`, `outputs` and `optimizers` for speed: a kernel makes no array.
tests/program/test_program.py compares every one of them with `MLP.gradients` or the optimizer's own function.

The derivative is computed from the activation where the formula allows: tanh′ = 1 - a², σ′ = a(1 - a),
relu′ = [a > 0]. A record without a kernel is computed by its own functions, so that a new one needs no edit
here.
"""

from __future__ import annotations

import numpy as np

from mlpkit import activations, optimizers
from mlpkit.activations import Activation
from mlpkit.outputs import OutputUnit
from mlpkit.program.tape import Tape

add, copyto, divide, dot, exp, greater, log = (
    np.add, np.copyto, np.divide, np.dot, np.exp, np.greater, np.log
)  # fmt: skip
logaddexp, maximum, multiply, sqrt, subtract = np.logaddexp, np.maximum, np.multiply, np.sqrt, np.subtract


class Arrays:
    """The arrays that the kernels of one layer use: Z and A (n, batch), and a scratch array of that shape."""

    def __init__(self, tape: Tape, layer: int, A, keeps_z: bool):
        self.tape, self.layer, self.A, self.keeps_z = tape, layer, A, keeps_z
        self.Z = tape.name(f"Z{layer}", np.empty_like(A)) if keeps_z else A
        self.scratch = tape.name(f"T{layer}", np.empty_like(A))


# ---------------------------------------------------------------- activations: z in A -> a in A; delta *= g'


def _linear_forward(tape, s):
    pass


def _linear_backward(tape, s, delta):
    pass


def _tanh_forward(tape, s):
    tape.add("forward", f"a{s.layer} = tanh z{s.layer}", np.tanh, s.A, s.A)


def _tanh_backward(tape, s, delta):
    name = f"layer {s.layer}"
    tape.add("backward", f"a² of {name}", multiply, s.A, s.A, s.scratch)
    tape.add("backward", f"δ a² of {name}", multiply, s.scratch, delta, s.scratch)
    tape.add("backward", "δ ← δ(1 - a²): tanh′ = 1 - a²", subtract, delta, s.scratch, delta)


def _sigmoid_forward(tape, s):
    half = tape.number("½", 0.5, s.A.dtype)
    tape.add("forward", "z/2", multiply, s.A, half, s.A)
    tape.add("forward", "tanh(z/2)", np.tanh, s.A, s.A)
    tape.add("forward", "tanh(z/2)/2", multiply, s.A, half, s.A)
    tape.add("forward", f"a{s.layer} = σ(z{s.layer}) = (1 + tanh(z/2))/2", add, s.A, half, s.A)


def _sigmoid_backward(tape, s, delta):
    name = f"layer {s.layer}"
    tape.add("backward", f"δ a of {name}", multiply, s.A, delta, delta)
    tape.add("backward", f"δ a² of {name}", multiply, s.A, delta, s.scratch)
    tape.add("backward", "δ ← δ a(1 - a): σ′ = a(1 - a)", subtract, delta, s.scratch, delta)


def _relu_forward(tape, s):
    s.zeros = tape.name("0", np.zeros_like(s.A))  # with the number 0 maximum is several times slower
    tape.add("forward", f"a{s.layer} = max(0, z{s.layer})", maximum, s.A, s.zeros, s.A)


def _relu_backward(tape, s, delta):
    s.mask = tape.name(f"M{s.layer}", np.empty(s.A.shape, bool))
    tape.add("backward", f"[a{s.layer} > 0]", greater, s.A, s.zeros, s.mask)
    tape.add("backward", "δ ← δ [a > 0]: relu′", multiply, delta, s.mask, delta)


KERNELS = {
    (activations.linear, activations.linear_prime): (_linear_forward, _linear_backward),
    (activations.tanh, activations.tanh_prime): (_tanh_forward, _tanh_backward),
    (activations.sigmoid, activations.sigmoid_prime): (_sigmoid_forward, _sigmoid_backward),
    (activations.relu, activations.relu_prime): (_relu_forward, _relu_backward),
}


def is_linear(record: Activation) -> bool:
    """Whether there is nothing to compute for a = g(z)."""
    return (record.g, record.dg) == (activations.linear, activations.linear_prime)


def keeps_z(record: Activation) -> bool:
    """Whether the derivative is computed from z, so that z must not be overwritten by a."""
    return (record.g, record.dg) not in KERNELS


def forward(tape: Tape, record: Activation, s: Arrays):
    """Record a = g(z)."""
    if s.keeps_z:

        def g(z, out, record=record):
            copyto(out, record.g(z), casting="same_kind")

        tape.add("forward", f"a{s.layer} = g(z{s.layer})", g, s.Z, s.A, show=record.name)
    else:
        KERNELS[record.g, record.dg][0](tape, s)


def backward(tape: Tape, record: Activation, s: Arrays, delta):
    """Record δ ← δ g′(z): dJ/da becomes dJ/dz."""
    if s.keeps_z:

        def dg(z, out, record=record):
            multiply(out, record.dg(z), out, casting="same_kind")

        tape.add("backward", "δ ← δ g′(z)", dg, s.Z, delta, show=f"times_{record.name}_prime")
    else:
        KERNELS[record.g, record.dg][1](tape, s, delta)


# ---------------------------------------------------------------- output units: z -> J and dJ/dz, in place


def gaussian(tape, Z, Y, J, inverse, scratch):
    """J = Σ(ŷ - y)²/2n, dJ/dz = (ŷ - y)/n."""
    flat = tape.name("z", Z.reshape(-1))
    half = tape.number("½/n", float(inverse) / 2, Z.dtype)
    tape.add("loss", "ŷ - y", subtract, Z, Y, Z)
    tape.add("loss", "Σ (ŷ - y)²", dot, flat, flat, J)
    tape.add("loss", "J = Σ (ŷ - y)²/2n", multiply, J, half, J)
    tape.add("backward", "δ = dJ/dz = (ŷ - y)/n", multiply, Z, inverse, Z)


def bernoulli(tape, Z, side, J, inverse, scratch):
    """J = Σ softplus(t)/n with t = (1 - 2y)z, dJ/dz = (1 - 2y)σ(t)/n, σ(t) = e^(t - softplus t)."""
    shares, zeros = tape.name("1/n", np.full(Z.size, inverse)), tape.name("0", np.zeros_like(Z))
    tape.add("loss", "t = (1 - 2y)z", multiply, side, Z, Z)
    tape.add("loss", "softplus(t) = ln(e^t + e^0)", logaddexp, Z, zeros, scratch)
    tape.add("loss", "J = Σ softplus(t)/n", dot, tape.name("s", scratch.reshape(-1)), shares, J)
    tape.add("backward", "ln σ(t) = t - softplus(t)", subtract, Z, scratch, Z)
    tape.add("backward", "σ(t)", exp, Z, Z)
    tape.add("backward", "(1 - 2y)σ(t) = σ(z) - y", multiply, side, Z, Z)
    tape.add("backward", "δ = dJ/dz = (ŷ - y)/n", multiply, Z, inverse, Z)


def categorical(tape, Z, Y, J, inverse, scratch):
    """J = Σ (ln Σⱼ e^zⱼ - z_y)/n, dJ/dz = (softmax z - y)/n, the largest z subtracted first."""
    row, total = (tape.name(n, np.empty(Z.shape[1], Z.dtype)) for n in ("row", "total"))
    classes, ones = tape.name("1", np.ones(len(Z), Z.dtype)), tape.name("1", np.ones(Z.shape[1], Z.dtype))
    labelled = tape.name("Jy", np.empty((), Z.dtype))
    axis, none = tape.name("axis 0", 0), tape.name("None", None)
    z, y = tape.name("z", Z.reshape(-1)), tape.name("y", Y.reshape(-1))
    tape.add("loss", "max z of every example", maximum.reduce, Z, axis, none, row, show="maximum.reduce")
    tape.add("loss", "z - max z", subtract, Z, row, Z)
    tape.add("loss", "Σ z_y", dot, z, y, labelled)
    tape.add("loss", "e^z", exp, Z, Z)
    tape.add("loss", "Σⱼ e^zⱼ", dot, classes, Z, total)
    tape.add("loss", "ln Σⱼ e^zⱼ", log, total, row)
    tape.add("loss", "Σ ln Σⱼ e^zⱼ", dot, row, ones, J)
    tape.add("loss", "Σ (ln Σⱼ e^zⱼ - z_y)", subtract, J, labelled, J)
    tape.add("loss", "J = Σ (ln Σⱼ e^zⱼ - z_y)/n", multiply, J, inverse, J)
    tape.add("backward", "ŷ = softmax z", divide, Z, total, Z)
    tape.add("backward", "ŷ - y", subtract, Z, Y, Z)
    tape.add("backward", "δ = dJ/dz = (ŷ - y)/n", multiply, Z, inverse, Z)


OUTPUTS = {"gaussian": gaussian, "bernoulli": bernoulli, "categorical": categorical}


def output(tape, unit: OutputUnit, Z, Y, J, inverse, scratch):
    """Record J and dJ/dz in place of z; a unit without a kernel is computed by its own functions."""
    if unit.name in OUTPUTS:
        return OUTPUTS[unit.name](tape, Z, Y, J, inverse, scratch)

    def nll(Z, Y, J):
        J[()] = unit.nll(Z.T, Y.T)

    def nll_grad(Z, Y, out):
        copyto(out, unit.nll_grad(Z.T, Y.T).T, casting="same_kind")

    tape.add("loss", "J", nll, Z, Y, J, show=f"{unit.name}_nll")
    tape.add("backward", "δ = dJ/dz", nll_grad, Z, Y, Z, show=f"{unit.name}_nll_grad")


# ---------------------------------------------------------------- output units: z -> ŷ, in place


def softmax(tape, s):
    """ŷ = e^(z - max z) / Σⱼ e^(zⱼ - max z)."""
    row, ones = np.empty(s.A.shape[1], s.A.dtype), np.ones(len(s.A), s.A.dtype)
    tape.add("forward", "max z of every example", maximum.reduce, s.A, 0, None, row, show="maximum.reduce")
    tape.add("forward", "z - max z", subtract, s.A, row, s.A)
    tape.add("forward", "e^z", exp, s.A, s.A)
    tape.add("forward", "Σⱼ e^zⱼ", dot, ones, s.A, row)
    tape.add("forward", "ŷ = softmax z", divide, s.A, row, s.A)


MEANS = {"gaussian": _linear_forward, "bernoulli": _sigmoid_forward, "categorical": softmax}


def mean(tape, unit: OutputUnit, s):
    """Record ŷ in place of z; a unit without a kernel is computed by its own function."""
    if unit.name in MEANS:
        return MEANS[unit.name](tape, s)

    def y_hat(z, out):
        copyto(out, unit.mean(z.T).T, casting="same_kind")

    tape.add("forward", "ŷ", y_hat, s.A, s.A, show=f"{unit.name}_mean")


# ---------------------------------------------------------------- optimizers: θ and ∇J, block by block

BLOCK = 1 << 14  # numbers that are updated together: what a step needs of them stays in the cache


def update(tape: Tape, record: optimizers.Optimizer, theta, gradient, state):
    """Record θ ← θ - …, for blocks of `BLOCK` numbers; the listing shows the first block."""
    kernel = {optimizers.sgd: _sgd, optimizers.momentum: _momentum, optimizers.adam: _adam}.get(record.update)
    if kernel is None:

        def step(gradient, theta):
            record(theta, gradient, state)

        tape.add("update", record.formula, step, gradient, theta, show=record.name)
        return
    blocks = range(0, theta.size, BLOCK)
    scratch = tape.name("T", np.empty(min(BLOCK, theta.size), theta.dtype))
    emit = kernel(tape, record, theta, state)
    for start in blocks:
        cut = slice(start, start + BLOCK)
        ours, slope = tape.name("θ", theta[cut]), tape.name("∇J", gradient[cut])
        emit(ours, slope, tape.name("T", scratch[: ours.size]), cut, 0 if start else len(blocks))


def _tiny(tape, dtype):
    """A number too small to change a step, added to every running mean.

    Where the gradient is 0, as for dead units, a running mean would become a subnormal number, and arithmetic
    with these is many times slower.
    """
    return tape.number("tiny", 1e8 * float(np.finfo(dtype).tiny), dtype)


def _sgd(tape, record, theta, state):
    rate = tape.number("η", record.learning_rate, theta.dtype)

    def emit(theta, gradient, part, cut, times):
        tape.add("update", "η ∇J", multiply, gradient, rate, part, times=times)
        tape.add("update", "θ ← θ - η ∇J", subtract, theta, part, theta, times=times)

    return emit


def _momentum(tape, record, theta, state):
    rate = tape.number("η", record.learning_rate, theta.dtype)
    mu = tape.number("μ", record.values["mu"], theta.dtype)
    v, tiny = state.setdefault("v", np.zeros_like(theta)), _tiny(tape, theta.dtype)

    def emit(theta, gradient, part, cut, times):
        velocity = tape.name("v", v[cut])
        tape.add("update", "μ v", multiply, velocity, mu, velocity, times=times)
        tape.add("update", "v ← μ v + ∇J", add, velocity, gradient, velocity, times=times)
        tape.add("update", "v + tiny: never subnormal", add, velocity, tiny, velocity, times=times)
        tape.add("update", "η v", multiply, velocity, rate, part, times=times)
        tape.add("update", "θ ← θ - η v", subtract, theta, part, theta, times=times)

    return emit


def _adam(tape, record, theta, state):
    """Adam with its constant factors folded into α and ε: M = m/(1 - β₁), V = v/(1 - β₂)."""
    m, v = (state.setdefault(name, np.zeros_like(theta)) for name in "MV")
    state.setdefault("t", 0)
    beta1, beta2, epsilon = (record.values[name] for name in ("beta1", "beta2", "epsilon"))
    b1, b2 = (tape.number(f"β{i}", beta, theta.dtype) for i, beta in ((1, beta1), (2, beta2)))
    alpha, eps = (tape.number(name, 0.0, theta.dtype) for name in ("α", "ε"))
    rate, tiny = record.learning_rate, _tiny(tape, theta.dtype)

    def count(alpha, eps):
        state["t"] += 1
        scale = ((1 - beta2) / (1 - beta2 ** state["t"])) ** 0.5  # √v̂ = scale √V
        alpha[()] = rate * (1 - beta1) / (1 - beta1 ** state["t"]) / scale
        eps[()] = epsilon / scale

    tape.add("update", "t ← t + 1; α, ε with the factors of m̂ and v̂", count, alpha, eps, show="count")

    def emit(theta, gradient, part, cut, times):
        M, V = tape.name("M", m[cut]), tape.name("V", v[cut])
        tape.add("update", "β₁ M", multiply, M, b1, M, times=times)
        tape.add("update", "M ← β₁ M + ∇J", add, M, gradient, M, times=times)
        tape.add("update", "M + tiny: never subnormal", add, M, tiny, M, times=times)
        tape.add("update", "(∇J)²", multiply, gradient, gradient, part, times=times)
        tape.add("update", "β₂ V", multiply, V, b2, V, times=times)
        tape.add("update", "V ← β₂ V + (∇J)²", add, V, part, V, times=times)
        tape.add("update", "√V", sqrt, V, part, times=times)
        tape.add("update", "√V + ε", add, part, eps, part, times=times)
        tape.add("update", "M/(√V + ε)", divide, M, part, part, times=times)
        tape.add("update", "α M/(√V + ε) = η m̂/(√v̂ + ε)", multiply, part, alpha, part, times=times)
        tape.add("update", "θ ← θ - η m̂/(√v̂ + ε)", subtract, theta, part, theta, times=times)

    return emit
