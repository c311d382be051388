"""Errata and fine print: each stands beside its slide, visibly marked, and each is proved here in numbers."""

import math
import re
import tomllib

import numpy as np
import pytest
from notebooks import LECTURES, cells

from mlpkit import MLP, activation
from mlpkit.activations import relu_prime
from mlpkit.approximation import TARGETS, bump_network, errors, merged_network, naive_tower_units
from mlpkit.datasets import dataset
from mlpkit.layers import dense_column
from mlpkit.losses import LOSSES
from mlpkit.network.units import active, dead
from mlpkit.outputs import log_softmax, softmax
from mlpkit.training import descend

SLIDES = tomllib.loads((LECTURES / "slides.toml").read_text(encoding="utf-8"))["slide"]
NOTES = [(slide, note) for slide in SLIDES for note in slide.get("fine_print", [])]
each = pytest.mark.parametrize("slide", SLIDES, ids=lambda slide: slide["id"])
every = pytest.mark.parametrize(("slide", "note"), NOTES, ids=[f"{s['id']}-{n['id']}" for s, n in NOTES])

# What a reading of the deck found, kept apart from the data: E erratum, Q needs a qualification.
FOUND = {
    "linear-models": "QQ", "neuron": "E", "output-linear": "QQ", "output-sigmoid": "Q",
    "output-softmax": "EQQ", "losses": "QQQ", "activations-table": "EQ", "activations-more": "EQ",
    "relu": "QQQ",
    "feedforward-intro": "Q", "universality": "QQQQ", "visual-proof": "Q",
}  # fmt: skip
WORDS = {"E": "Erratum", "Q": "Fine print"}


def section(slide):
    """The cells that belong to a slide in its own lecture."""
    path = LECTURES / f"{slide['lecture']}.ipynb"
    if not path.exists():
        pytest.skip(f"{slide['lecture']} is not written yet")
    return [cell for cell in cells(path) if slide["id"] in cell["metadata"]["mlpkit"]["slides"]]


@each
def test_the_data_lists_what_a_reading_of_the_deck_found(slide):
    assert "".join(note["mark"] for note in slide.get("fine_print", [])) == FOUND.get(slide["id"], "")
    assert (slide["verdict"] == "erratum") == ("E" in FOUND.get(slide["id"], ""))
    if slide["verdict"] == "qualified":
        assert FOUND[slide["id"]]


@each
def test_a_slide_has_exactly_the_marked_notes_that_the_data_lists(slide):
    prose = "\n".join(cell["source"] for cell in section(slide) if cell["cell_type"] == "markdown")
    marked = re.findall(r"^> \*\*(Erratum|Fine print)(?: \d+)?\.\*\* ", prose, re.MULTILINE)
    assert marked == [WORDS[note["mark"]] for note in slide.get("fine_print", [])]


@every
def test_the_proof_is_run_in_a_cell_of_the_slide(slide, note):
    (cell,) = [cell for cell in section(slide) if cell["id"] == note["proof"]]
    assert cell["cell_type"] == "code"
    assert cell["outputs"], "run make lectures"
    assert note["says"] != note["right"]


# -- the proofs: what the slide says is not so, what the note says is


def sigma(z):
    return 1 / (1 + np.exp(-z))


def letters():
    theta, x = np.array([2.0, -1.0, 0.5]), np.array([1.0, 3.0, 4.0])
    assert dense_column(x, theta[:, None], [-1.5], "linear")[0] == -1.5 + sum(theta * x)


def scalars():
    x = np.ones(3)
    assert dense_column(x, np.ones((3, 1)), [0.0], "linear").shape == (1,)
    assert dense_column(x, np.ones((3, 4)), np.zeros(4), "linear").shape == (4,)


def names():
    z = dense_column([2.0, 2.0], [[2.0], [-1.0]], [-1.0], "linear")
    a = dense_column([2.0, 2.0], [[2.0], [-1.0]], [-1.0], "sigmoid")
    assert z == [1.0]  # the pre-activation
    assert np.allclose(np.log(a / (1 - a)), z)  # a is what comes after g
    assert not np.allclose(a, z)


def variance():
    z = np.linspace(-60, 60, 200_001)
    for value, spread in ((2.0**2, 2.0), (2.0, math.sqrt(2))):
        p = np.exp(-(z**2) / (2 * value)) / np.sqrt(2 * np.pi * value)
        assert np.sqrt(np.trapezoid(z**2 * p, z)) == pytest.approx(spread, rel=1e-6)


def constant_sigma():
    y, guesses = np.array([1.0, 1.2, 5.0]), np.linspace(0, 6, 60_001)
    for s, best in ((np.ones(3), y.mean()), (np.array([0.1, 0.1, 2.0]), None)):
        found = guesses[(((y[:, None] - guesses) / s[:, None]) ** 2).sum(axis=0).argmin()]
        assert found == pytest.approx((y / s**2).sum() / (1 / s**2).sum(), abs=1e-4)
        assert (abs(found - y.mean()) < 1e-4) == (best is not None)


def labels():
    z = 1.5
    right = -math.log(1 - sigma(z))  # the label says: not class 1
    assert -math.log(sigma((2 * 0 - 1) * z)) == pytest.approx(right)
    assert -math.log(sigma((2 * -1 - 1) * z)) > 2 * right
    assert -math.log(sigma(-1 * z)) == pytest.approx(right)


def summed():
    z = np.array([2.0, 1.0, -1.0])
    for j in range(3):
        assert abs(np.exp(z - np.log(3 * np.exp(z[j]))).sum() - 1) > 0.1
    assert np.exp(log_softmax(z)).sum() == pytest.approx(1)


def shift():
    z = np.array([710.0, 709.0])
    with np.errstate(all="ignore"):
        assert np.isnan(np.exp(z) / np.exp(z).sum()).any()
    np.testing.assert_allclose(softmax(z), softmax(z - 710), rtol=1e-14)


def jacobian():
    z, h = np.array([2.0, 1.0, -1.0]), 1e-6
    s, basis = softmax(z), np.eye(3)
    measured = np.array([(softmax(z + h * e) - softmax(z - h * e)) / (2 * h) for e in basis]).T
    np.testing.assert_allclose(measured, s[:, None] * (basis - s), atol=1e-9)
    loss = [(log_softmax(z - h * e) - log_softmax(z + h * e))[0] / (2 * h) for e in basis]
    np.testing.assert_allclose(loss, s - basis[0], atol=1e-9)


def binary():
    assert -0.0 * math.log(0.99) == 0  # the slide's sum for y = 0, as wrong as can be
    assert LOSSES["binary_cross_entropy"]([[0.99]], [0]) == pytest.approx(-math.log(0.01))


def square():
    value, gradient = LOSSES["squared_error"].value, LOSSES["squared_error"].gradient
    measured = (value([[3 + 1e-6]], [1.0]) - value([[3 - 1e-6]], [1.0])) / 2e-6
    assert measured == pytest.approx(4, abs=1e-6) == gradient([[3.0]], [1.0])[0, 0]


def mean():
    assert {LOSSES["squared_error"]([[3.0]] * n, [1.0] * n) for n in (1, 4, 64)} == {4.0}


def step():
    z = np.array([-2.0, -0.5, 0.5, 2.0])
    np.testing.assert_array_equal(np.sign(z), 2 * activation("step")(z) - 1)
    assert not (np.sign(z) == activation("step")(z)).all()
    np.testing.assert_allclose(activation("sigmoid")(1e3 * z), activation("step")(z), atol=1e-12)


def corner():
    relu, h = activation("relu"), 1e-8
    assert [(relu(0) - relu(-h)) / h, (relu(h) - relu(0)) / h] == [0, 1]
    z = np.linspace(-1, 1, 201)
    for slope in (0, 0.3, 1):  # a line through the corner of any slope in [0, 1] stays below
        assert (relu(z) >= slope * z).all()
    assert relu_prime(0.0) == 0


def swish():
    for beta, z in ((2.0, 0.5), (0.5, -1.0), (1.0, 0.7)):
        g = activation("swish", beta=beta)
        measured = (g(z + 1e-6) - g(z - 1e-6)) / 2e-6
        printed = beta * g(beta * z) + sigma(beta * z) * (1 - beta * g(beta * z))
        right = beta * g(z) + sigma(beta * z) * (1 - beta * g(z))
        assert right == pytest.approx(measured, abs=1e-9)
        assert (abs(printed - measured) < 1e-6) == (beta == 1)
    g = activation("swish", beta=2.0)
    assert round(float(g.dg(0.5)), 5) == 0.92767
    assert round(float(2 * g(1.0) + sigma(1.0) * (1 - 2 * g(1.0))), 5) == 1.20482


def elu():
    for alpha in (0.5, 1.0, 2.0):
        g, h = activation("elu", alpha=alpha), 1e-7
        left, right = (g(0.0) - g(-h)) / h, (g(h) - g(0.0)) / h
        assert left == pytest.approx(alpha, rel=1e-6)
        assert (abs(left - right) < 1e-6) == (alpha == 1)


def bias():
    rng, d = np.random.default_rng(0), 100
    for s, share in ((math.sqrt(2 / d), 0.528), (0.01, 0.841)):
        Z = rng.normal(size=(1500, d)) @ (s * rng.normal(size=(d, 1500))) + 0.1
        exact = (1 + math.erf(0.1 / (s * math.sqrt(d)) / math.sqrt(2))) / 2
        assert round(exact, 3) == share
        assert (Z > 0).mean() == pytest.approx(share, abs=0.01)


def steps_until_learnt(name, init, rate):
    X, y = dataset("moons")(200, noise=0.1, rng=0)
    run = enumerate(descend(MLP([2, 32, 1], name, "bernoulli", init, rng=0), X, y, 400, learning_rate=rate))
    return next((k for k, net in run if ((net.predict(X)[:, 0] > 0.5) == y).mean() > 0.97), math.inf)


def faster():
    relu, tanh = (
        [steps_until_learnt(n, i, r) for r in (1.0, 10.0)] for n, i in (("relu", "he"), ("tanh", "xavier"))
    )
    assert relu[0] < tanh[0]  # at one learning rate ReLU is faster
    assert min(tanh) < min(relu)  # at the best of both tanh is


def dying():
    X, y = dataset("moons")(200, noise=0.1, rng=0)
    net = MLP([2, 32, 1], "relu", "bernoulli", "he", rng=0)
    z = np.sort(X @ net.layers[0].W[:, 0])
    for b, on in ((-(z[-1] + z[-2]) / 2, 1), (-z[-1] - 1e-9, 0)):
        net.layers[0].b[0] = b
        assert active(net, X)[:, 0].sum() == on
        assert dead(net, X)[0] == (on == 0) == (not net.gradients(X, y)[0][0][:, 0].any())


def data():
    net = MLP([1, 2, 1], "tanh", "gaussian", rng=0)
    twin = net.copy()
    twin.layers[0].W, twin.layers[1].W = -net.layers[0].W[:, ::-1], -net.layers[1].W[::-1]
    X = np.linspace(-2, 2, 9)[:, None]
    np.testing.assert_allclose(twin.predict(X), net.predict(X))  # the outputs do not specify the hidden layer
    assert not np.allclose(twin.forward(X).A[0], net.forward(X).A[0])


def polynomial():
    x = np.linspace(0, 1, 201)[:, None]
    f = np.sin(2 * np.pi * x)
    found = []
    for n in (4, 16, 64):
        Z = x @ np.random.default_rng(1).normal(0, 5, (1, n)) + np.random.default_rng(2).normal(0, 3, n)
        A = np.c_[Z**2, np.ones(201)]
        found.append(abs(A @ np.linalg.lstsq(A, f, rcond=None)[0] - f).max())
    best = np.polynomial.Polynomial.fit(x[:, 0], f[:, 0], 2)
    np.testing.assert_allclose(found, abs(best(x) - f).max(), rtol=1e-6)


def represent():
    f = TARGETS["absolute"].f
    sup = [errors(f, merged_network(f, n, 4 * n)).sup for n in (10, 40, 160)]
    assert sup[0] > 3 * sup[1] > 9 * sup[2] > 0


def size():
    assert [naive_tower_units(10, d) // (2 * d + 1) for d in (1, 2, 6)] == [10, 100, 10**6]
    f = TARGETS["nielsen"].f  # one dimension: the error falls like 1/units
    few, many = (errors(f, merged_network(f, n, 8 * n)).sup for n in (40, 400))
    assert few / many == pytest.approx(10, rel=0.3)


def biases():
    net = MLP([1, 50, 1], activation="tanh", output="gaussian", init="normal", rng=0)
    x = np.linspace(-1, 1, 101)[:, None]
    for layer in net.layers:
        layer.b[:] = 0
    np.testing.assert_allclose(net.predict(-x), -net.predict(x))
    assert abs(net.predict(x) - np.cos(x)).max() >= 1  # an odd function is 0 where cos is 1


def continuous():
    f = TARGETS["step"].f
    few, many = (errors(f, merged_network(f, n, 8 * n)) for n in (10, 160))
    assert min(few.sup, many.sup) > 0.3  # half of the jump
    assert many.l1 < few.l1 / 10
    net = MLP([2, 30, 1], activation="sigmoid", output="gaussian", init="normal", rng=0)
    net.layers[0].W[0, :15] = net.layers[0].W[1, 15:] = 0
    corners = net.predict([[1, 1], [1, 0], [0, 1], [0, 0]])[:, 0]
    assert abs(corners @ [1, -1, -1, 1]) < 1e-12  # one layer of steps along the axes makes no tower
    assert bump_network(f, 5, 40).hidden_units == 10


PROOFS = {
    "letters": letters, "scalars": scalars, "names": names, "variance": variance,
    "constant-sigma": constant_sigma, "labels": labels, "sum": summed, "shift": shift, "jacobian": jacobian,
    "binary": binary, "square": square, "mean": mean, "step": step, "corner": corner, "swish": swish,
    "elu": elu, "bias": bias, "faster": faster, "dead": dying, "data": data, "polynomial": polynomial,
    "represent": represent, "size": size, "biases": biases, "continuous": continuous,
}  # fmt: skip


@every
def test_the_note_is_true_in_numbers(slide, note):
    PROOFS[note["id"]]()


def test_there_is_no_proof_without_a_note():
    assert set(PROOFS) == {note["id"] for _, note in NOTES}
