"""The training program: equal to `net.gradients`, by hand, in its listing, and with bad input."""

import unicodedata
from dataclasses import replace

import numpy as np
import pytest
from batches import flat, random_network

from mlpkit import MLP, activation
from mlpkit.activations import ACTIVATIONS
from mlpkit.layers import Dense
from mlpkit.optimizers import OPTIMIZERS, optimizer
from mlpkit.outputs import OUTPUT_UNITS
from mlpkit.program import TrainingProgram


def without_accents(text):
    """One character for each column on the screen."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


class TestEqualToTheNetworksGradients:
    @pytest.mark.parametrize("seed", range(120))
    def test_five_steps_of_a_random_network_agree_to_1e_12(self, seed):
        net, batch = random_network(seed)
        name = list(OPTIMIZERS)[seed // len(OUTPUT_UNITS) % len(OPTIMIZERS)]
        by_hand, record, state = net.copy(), optimizer(name), {}
        program = TrainingProgram(net, 9, name, dtype="float64")
        for _ in range(5):
            X, Y = batch(9)
            J = by_hand.loss(X, Y)
            record(by_hand.parameters, flat(by_hand.gradients(X, Y)), state)
            assert program.step(X, Y) == pytest.approx(J, rel=1e-12, abs=1e-14)
            gap = np.linalg.norm(net.parameters - by_hand.parameters)
            assert gap <= 1e-12 * np.linalg.norm(by_hand.parameters)

    @pytest.mark.parametrize("seed", range(12))
    def test_loss_and_gradients_change_nothing_and_agree(self, seed):
        net, batch = random_network(seed)
        X, Y = batch(7)
        before = net.parameters.copy()
        J, pairs = TrainingProgram(net, 7, dtype="float64").loss_and_gradients(X, Y)
        np.testing.assert_array_equal(net.parameters, before)
        np.testing.assert_allclose(flat(pairs), flat(net.gradients(X, Y)), rtol=1e-10, atol=1e-14)
        assert pytest.approx(net.loss(X, Y), rel=1e-12, abs=1e-14) == J

    @pytest.mark.parametrize("g", ACTIVATIONS)
    def test_a_last_layer_with_an_activation_of_its_own_agrees(self, g):
        rng = np.random.default_rng(3)
        layers = [Dense(rng.normal(size=(3, 4)), rng.normal(size=4), "tanh")]
        net = MLP.from_layers([*layers, Dense(rng.normal(size=(4, 2)), rng.normal(size=2), g)])
        X, Y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
        program = TrainingProgram(net, 5, dtype="float64")
        J, pairs = program.loss_and_gradients(X, Y)
        assert pytest.approx(net.loss(X, Y), rel=1e-13) == J
        np.testing.assert_allclose(flat(pairs), flat(net.gradients(X, Y)), rtol=1e-10, atol=1e-14)
        np.testing.assert_allclose(program.residual.T, (net.predict(X) - Y) / 5, rtol=1e-12, atol=1e-15)

    @pytest.mark.parametrize("seed", range(12))
    def test_in_float32_it_agrees_to_single_precision(self, seed):
        net, batch = random_network(seed)
        X, Y = batch(8)
        _, pairs = TrainingProgram(net, 8).loss_and_gradients(X, Y)
        want = flat(net.gradients(X, Y))
        assert np.linalg.norm(flat(pairs) - want) <= 1e-5 * (np.linalg.norm(want) + 1)

    @pytest.mark.parametrize(
        ("output", "Y"), [("gaussian", [[0.0, 0.0]]), ("bernoulli", [[1, 1]]), ("categorical", [1])]
    )
    @pytest.mark.parametrize("size", [1e3, 1e30])
    def test_extreme_logits_give_the_right_loss_without_a_warning(self, output, Y, size):
        net = MLP.from_layers([Dense([[size, -size]], [0.0, 0.0])], output)
        program = TrainingProgram(net, 1, dtype="float64", learning_rate=1e-300)
        assert program.step([[1.0]], Y) == pytest.approx(net.loss([[1.0]], Y), rel=1e-12)

    @pytest.mark.parametrize("name", ACTIVATIONS)
    @pytest.mark.parametrize("output", OUTPUT_UNITS)
    def test_a_last_layer_that_is_not_linear_has_the_right_gradient(self, name, output):
        rng = np.random.default_rng(0)
        net = MLP.from_layers([Dense(rng.normal(size=(3, 2)), rng.normal(size=2), name)], output)
        X = rng.normal(size=(5, 3))
        Y = rng.integers(0, 2, 5 if output == "categorical" else (5, 2))
        _, pairs = TrainingProgram(net, 5, dtype="float64").loss_and_gradients(X, Y)
        np.testing.assert_allclose(flat(pairs), flat(net.gradients(X, Y)), rtol=1e-10, atol=1e-14)

    @pytest.mark.parametrize("name", ["linear", "tanh"])
    def test_an_output_unit_of_ones_own_is_computed_by_its_own_functions(self, name):
        def nll(Z, Y):
            return np.abs(Z - Y).sum() / len(Z)  # a Laplace distribution

        def nll_grad(Z, Y):
            return np.sign(Z - Y) / len(Z)

        unit = replace(OUTPUT_UNITS["gaussian"], name="laplace", nll=nll, nll_grad=nll_grad)
        rng = np.random.default_rng(0)
        layers = [Dense(rng.normal(size=(3, 4)), rng.normal(size=4), "relu")]
        net = MLP.from_layers([*layers, Dense(rng.normal(size=(4, 2)), rng.normal(size=2), name)], unit)
        X, Y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
        program = TrainingProgram(net, 5, dtype="float64")
        J, pairs = program.loss_and_gradients(X, Y)
        assert pytest.approx(net.loss(X, Y), rel=1e-13) == J
        np.testing.assert_allclose(flat(pairs), flat(net.gradients(X, Y)), rtol=1e-12, atol=1e-15)
        assert "laplace_nll_grad" in str(program)

    def test_another_convention_at_the_kink_is_respected(self):
        from functools import partial

        from mlpkit.activations import relu_prime

        one_at_zero = replace(activation("relu"), dg=partial(relu_prime, at_zero=1.0))
        for record, want in ((activation("relu"), 0.0), (one_at_zero, 1.0)):
            net = MLP.from_layers([Dense([[1.0]], [0.0], record), Dense([[1.0]], [0.0])])
            _, ((_, db), _) = TrainingProgram(net, 1, dtype="float64").loss_and_gradients([[0.0]], [[-1.0]])
            assert db[0] == want


def test_gradients_are_those_of_pytorch():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed here: one test less")
    units = {
        "tanh": torch.tanh,
        "sigmoid": torch.sigmoid,
        "relu": torch.relu,
        "softplus": torch.nn.functional.softplus,
    }
    losses = {
        "gaussian": lambda Z, Y: ((Z - Y) ** 2).sum() / (2 * len(Z)),
        "bernoulli": lambda Z, Y: (
            torch.nn.functional.binary_cross_entropy_with_logits(Z, Y, reduction="sum") / len(Z)
        ),
        "categorical": torch.nn.functional.cross_entropy,
    }
    for seed in range(30):
        rng = np.random.default_rng(seed)
        output, name = list(losses)[seed % 3], list(units)[seed % 4]
        net = MLP([3, 5, 4, 2], name, output, rng=rng)
        X = rng.normal(size=(6, 3))
        Y = {
            "gaussian": rng.normal(size=(6, 2)), "bernoulli": rng.integers(0, 2, (6, 2)).astype(float),
            "categorical": rng.integers(0, 2, 6),
        }[output]  # fmt: skip
        parts = [
            torch.tensor(v.copy(), requires_grad=True) for layer in net.layers for v in (layer.W, layer.b)
        ]
        A = torch.tensor(X)
        for W, b in zip(parts[0:-2:2], parts[1:-2:2], strict=True):
            A = units[name](A @ W + b)
        losses[output](A @ parts[-2] + parts[-1], torch.tensor(Y)).backward()
        theirs = np.concatenate([p.grad.numpy().ravel() for p in parts])
        for ours in (
            net.gradients(X, Y),
            TrainingProgram(net, 6, dtype="float64").loss_and_gradients(X, Y)[1],
        ):
            assert np.linalg.norm(flat(ours) - theirs) <= 1e-10 * np.linalg.norm(theirs)


def test_one_step_of_a_2_2_1_network_by_hand():
    """x = (1, 2), y = 1, η = 0.1. Hidden relu: W¹ = [[1, -1], [0, 1]], b¹ = (0, 1); W² = (2, 1), b² = -1.

    forward    z¹ = W¹ᵀx + b¹ = (1·1 + 2·0 + 0, 1·(-1) + 2·1 + 1) = (1, 2)      a¹ = relu z¹ = (1, 2)
               z² = 2·1 + 1·2 - 1 = 3                                            ŷ = 3
    loss       J = (ŷ - y)²/2 = 2² / 2 = 2
    backward   δ² = dJ/dz² = ŷ - y = 2
               dJ/dW² = a¹ δ² = (2, 4)       dJ/db² = δ² = 2
               dJ/da¹ = W² δ² = (4, 2)       δ¹ = dJ/da¹ · relu′(z¹) = (4, 2)
               dJ/dW¹ = x δ¹ᵀ = [[4, 2], [8, 4]]     dJ/db¹ = (4, 2)
    update     W¹ = [[0.6, -1.2], [-0.8, 0.6]], b¹ = (-0.4, 0.8), W² = (1.8, 0.6), b² = -1.2
    """
    net = MLP.from_layers(
        [Dense([[1.0, -1.0], [0.0, 1.0]], [0.0, 1.0], "relu"), Dense([[2.0], [1.0]], [-1.0])]
    )
    program = TrainingProgram(net, 1, learning_rate=0.1, dtype="float64")
    J, ((dW1, db1), (dW2, db2)) = program.loss_and_gradients([[1.0, 2.0]], [[1.0]])
    assert J == 2
    np.testing.assert_array_equal(dW2, [[2], [4]])
    np.testing.assert_array_equal(db2, [2])
    np.testing.assert_array_equal(dW1, [[4, 2], [8, 4]])
    np.testing.assert_array_equal(db1, [4, 2])
    assert program.step([[1.0, 2.0]], [[1.0]]) == 2
    np.testing.assert_allclose(net.layers[0].W, [[0.6, -1.2], [-0.8, 0.6]])
    np.testing.assert_allclose(net.layers[0].b, [-0.4, 0.8])
    np.testing.assert_allclose(net.layers[1].W, [[1.8], [0.6]])
    np.testing.assert_allclose(net.layers[1].b, [-1.2])


LISTING = """
forward
  dot(W1ᵀ, A0, A1)        z1 = W1ᵀ a0 + b1
  maximum(A1, 0, A1)      a1 = max(0, z1)
  dot(W2ᵀ, A1, A2)        z2 = W2ᵀ a1 + b2
loss
  subtract(A2, Y, A2)     ŷ - y
  dot(z, z, J)            Σ (ŷ - y)²
  multiply(J, ½/n, J)     J = Σ (ŷ - y)²/2n
backward
  multiply(A2, 1/n, A2)   δ = dJ/dz = (ŷ - y)/n
  dot(A1, D2ᵀ, dW2)       dJ/d[W2; b2] = [a1; 1] δ2ᵀ
  dot(W2, D2, D1)         dJ/da1 = W2 δ2
  greater(A1, 0, M1)      [a1 > 0]
  multiply(D1, M1, D1)    δ ← δ [a > 0]: relu′
  dot(A0, D1ᵀ, dW1)       dJ/d[W1; b1] = [a0; 1] δ1ᵀ
update
  multiply(∇J, η, T)      η ∇J
  subtract(θ, T, θ)       θ ← θ - η ∇J
"""


class TestListing:
    def test_it_shows_every_call_of_the_step_above_with_its_equation(self, capsys):
        net = MLP([2, 2, 1], "relu", "gaussian", rng=0)
        TrainingProgram(net, 1).listing()
        shown = [line.split() for line in capsys.readouterr().out.splitlines()]
        for line, want in zip(shown, LISTING.split("\n")[1:-1], strict=True):
            assert line[: len(want.split())] == want.split()

    def test_a_line_stands_for_every_call_that_is_replayed(self):
        for seed in range(20):
            net, _ = random_network(seed)
            program = TrainingProgram(net, 4, "adam")
            assert sum(o.times for o in program.operations) == len(program._tape.calls)
            assert all("·" not in o.call.split("(")[1] for o in program.operations), str(program)

    def test_long_vectors_are_updated_in_blocks_and_the_line_says_how_many(self):
        program = TrainingProgram(MLP([200, 100, 2], rng=0), 2)
        assert {o.times for o in program.operations if o.section == "update"} == {2}
        assert "× 2 blocks" in str(program)

    def test_backward_costs_twice_the_forward_pass_less_the_first_layers_input(self):
        work = TrainingProgram(MLP([10, 10, 10, 10], rng=0), 8).multiply_adds()
        assert work["forward"] == 3 * 8 * 11 * 10
        assert work["backward"] == 3 * 8 * 11 * 10 + 2 * 8 * 10 * 10

    @pytest.mark.parametrize("name", OPTIMIZERS)
    def test_its_columns_are_aligned_whatever_the_width_of_a_call(self, name):
        net = MLP([2, 3, 3, 2], ["softplus", "leaky_relu"], rng=0)  # times_leaky_relu_prime(Z2, D2) is long
        program = TrainingProgram(net, 4, name)
        lines = [line for line in str(program).splitlines() if line.startswith("  ")]
        assert len(lines) == len(program.operations)
        ends = set()
        for line, o in zip(lines, program.operations, strict=True):
            seen, equation = without_accents(line), without_accents(o.equation)
            ends.add((seen.index(f"  {equation}"), seen.rindex(f"  {o.shape}")))
        assert len(ends) == 1

    def test_in_a_notebook_it_is_a_table(self):
        text = TrainingProgram(MLP([2, 2, 1], output="gaussian", rng=0), 1)._repr_html_()
        assert text.count("<tr>") == 1 + len(TrainingProgram(MLP([2, 2, 1], output="gaussian"), 1).operations)
        assert "&lt;" not in text.split("</caption>")[0]


@pytest.mark.parametrize("name", ["momentum", "adam"])
def test_running_means_do_not_become_subnormal_numbers(name):
    """A dead unit's gradient is always 0: its running means would end at 1e-45."""
    net = MLP.from_layers([Dense([[1.0, 1.0]], [-1.0, 0.0], "relu"), Dense([[1.0], [1.0]], [0.0])])
    program = TrainingProgram(net, 1, name, learning_rate=1e-3)
    for x in [2.0, *[0.5] * 2000]:  # the first unit is active once
        program.step([[x]], [[1.0]])
    for values in program.memory.state.values():
        kept = np.abs(values)
        assert not ((kept > 0) & (kept < np.finfo(np.float32).tiny)).any()


class TestBadInput:
    @pytest.mark.parametrize(
        ("X", "Y", "message"),
        [
            ([1.0, 2.0], [0, 1], r"expects X of shape \(n, 2\), one example per row; got \(2,\)"),
            (np.ones((2, 3)), [0, 1], r"expects X of shape \(n, 2\), one example per row; got \(2, 3\)"),
            (np.ones((3, 2)), [0, 1, 1], r"was made for batches of 2; got 3 examples: use .resized\(3\)"),
            ([[1.0, np.nan], [0, 0]], [0, 1], r"finite numbers in X; X\[0, 1\] is nan"),
            ([[1.0, 0], [np.inf, 0]], [0, 1], r"finite numbers in X; X\[1, 0\] is inf"),
            ([["a", "b"], ["c", "d"]], [0, 1], "expects X to hold numbers"),
            (np.eye(2), [0, 2], r"integer labels 0 to 1; Y\[1\] is 2"),
            (np.eye(2), [0, -1], r"integer labels 0 to 1; Y\[1\] is -1"),
            (np.eye(2), [0, 0.5], r"integer labels 0 to 1; Y\[1\] is 0.5"),
            (np.eye(2), [[0.5, 0.5], [1, 0]], r"one-hot rows, a single 1 among zeros; Y\[0\] is"),
            (np.eye(2), [0, 1, 1], "a row of Y for each of the 2 rows of X; got 3"),
            (np.eye(2), np.ones((2, 3)), r"expects Y of shape \(2,\) or \(2, 2\)"),
            (np.eye(2), [0, np.nan], "finite numbers in Y"),
            (np.eye(2), ["a", "b"], "expects Y to hold numbers"),
            (np.eye(2) * 1j, [0, 1], "expects real numbers in X; got dtype complex128"),
        ],
    )
    def test_a_batch_that_does_not_fit_is_refused_with_its_reason(self, X, Y, message):
        program = TrainingProgram(MLP([2, 3, 2], rng=0), 2)
        with pytest.raises((ValueError, TypeError), match=message):
            program.step(X, Y)
        assert np.isfinite(program.step(np.eye(2), [0, 1]))

    @pytest.mark.parametrize("Y", [[[0.5], [1]], [2, 0], [-1, 1], [[0, 1], [1, 0]]])
    def test_targets_of_a_sigmoid_unit_are_0_and_1(self, Y):
        with pytest.raises(ValueError, match="bernoulli expects"):
            TrainingProgram(MLP([2, 1], output="bernoulli", rng=0), 2).step(np.eye(2), Y)

    @pytest.mark.parametrize(
        "Y", [[0, 1], [0.0, 1.0], [[1, 0], [0, 1]], np.array([0, 1], np.int8), [False, True]]
    )
    def test_labels_may_have_every_type_and_shape_that_the_loss_takes(self, Y):
        net = MLP([2, 3, 2], rng=0)
        assert TrainingProgram(net.copy(), 2, dtype="float64").step(np.eye(2), Y) == pytest.approx(
            net.loss(np.eye(2), Y)
        )

    @pytest.mark.parametrize(
        ("given", "error", "message"),
        [
            (dict(optimizer="adm"), ValueError, "unknown optimizer 'adm'; did you mean 'adam'"),
            (dict(learning_rate=0.0), ValueError, "learning_rate > 0; got 0.0"),
            (dict(learning_rate=float("nan")), ValueError, "finite learning_rate"),
            (dict(dtype="float16"), ValueError, "dtype 'float32' or 'float64'; got 'float16'"),
            (dict(dtype="nonsense"), ValueError, "dtype 'float32' or 'float64'; got 'nonsense'"),
            (dict(batch_size=0), ValueError, "batch_size >= 1; got 0"),
            (dict(net="net"), TypeError, "expects an MLP; got 'net'"),
        ],
    )
    def test_a_program_that_cannot_run_is_refused(self, given, error, message):
        with pytest.raises(error, match=message):
            TrainingProgram(**{"net": MLP([2, 2], rng=0), "batch_size": 2, **given})

    def test_a_loss_that_overflows_is_inf_or_nan_and_no_error(self):
        net = MLP([1, 1], output="gaussian", rng=0)
        program = TrainingProgram(net, 1, learning_rate=1e30)
        losses = [program.step([[1.0]], [[5.0]]) for _ in range(5)]
        assert np.isfinite(losses[0])
        assert not np.isfinite(losses[-1])
