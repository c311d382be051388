"""The networks of this folder evaluated by formulas that use their structure: the same numbers, faster.

Kept apart from `MLP.predict` for speed; tests/approximation/test_fast.py holds every formula against it.

A sigmoid is 1 to the last digit for z > 40, and next to 0 for z < -40 (σ(-40) = 4e-18): only the units whose
edge is near x need computing, the others are a running sum. Towers are functions of uᵢ(x₁) + vⱼ(x₂), and
σ(u + v) is a short sum of products in u and v, to ten digits.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from mlpkit import _checks
from mlpkit.activations import sigmoid
from mlpkit.network import MLP

FAR = 40.0  # beyond |z| = FAR a sigmoid is taken for 0 or 1
BLOCK = 1 << 18  # sigmoids computed at a time
TERMS, REACH, RESIDUE = 150, 250.0, 1e-12  # of the sum of products: how many at most, for which z, how exact


def evaluate(net: MLP, x) -> np.ndarray:
    """net.predict(x[:, None])[:, 0] for a net of steps, bumps or hats: x (m,) -> (m,), within 1e-9.

    For one input, one hidden layer and one linear output, where all sigmoids have one weight w > 0
    (`bump_network`, `merged_network`) or all ReLU units look to the right (`hat_network`). Other networks,
    also those trained on from here, are refused: they have `predict`. Cost of a point: the units within 40/w
    of x, instead of all n; for hats a look-up.

    >>> from mlpkit.approximation import merged_network
    >>> net = merged_network(np.sin, n=1000, steepness=8000)
    >>> x = np.linspace(0, 1, 1000)
    >>> bool(np.abs(evaluate(net, x) - net.predict(x[:, None])[:, 0]).max() < 1e-12)
    True
    """
    if len(net.layers) != 2 or net.widths[0] != 1 or net.widths[2] != 1 or net.output.name != "gaussian":
        raise _refusal("evaluate", "one input, one hidden layer and one linear output", net)
    x = _checks.numbers("evaluate", "x", x)
    if x.ndim != 1:
        raise ValueError(f"evaluate expects x of shape (m,); got {x.shape}")
    x = _checks.finite("evaluate", "x", x)
    hidden, last = net.layers
    w, b, c = hidden.W[0], hidden.b, last.W[:, 0]
    if not w.size:
        return np.full(x.shape, last.b[0])
    if hidden.activation.name == "relu" and (w > 0).all():
        return last.b[0] + _hats(x, w, b, c)
    if hidden.activation.name == "sigmoid" and w[0] > 0 and (w == w[0]).all():
        return last.b[0] + _steps(x, w[0], b, c)
    raise _refusal("evaluate", "sigmoids of one weight w > 0, or ReLU units of weights > 0", net)


def _hats(x, w, b, c):
    """Σ cₖ max{0, wₖx + bₖ}: right of knot k, slope and intercept are running sums."""
    knots = -b / w
    order = np.argsort(knots, kind="stable")
    slopes, intercepts = (np.concatenate([[0.0], np.cumsum((c * part)[order])]) for part in (w, b))
    active = np.searchsorted(knots[order], x)
    return slopes[active] * x + intercepts[active]


def _steps(x, w, b, c):
    """Σ cₖ σ(wx + bₖ): units far left of x are a running sum of c, those near x are computed."""
    order = np.argsort(-b, kind="stable")
    b, c = b[order], c[order]
    new = np.flatnonzero(np.diff(b, prepend=np.inf))  # neighbouring bumps share an edge: one sigmoid for both
    b, c = b[new], np.add.reduceat(c, new)
    before = np.concatenate([[0.0], np.cumsum(c)])
    wx = w * x
    low, high = np.searchsorted(-b, wx - FAR), np.searchsorted(-b, wx + FAR)
    band = np.arange(max(1, int((high - low).max(initial=0))))
    b = np.append(b, np.full(band.size, -np.inf))  # the last windows reach beyond the last unit
    c = np.append(c, np.zeros(band.size))
    curve = before[low]
    rows = max(1, BLOCK // band.size)
    with np.errstate(over="ignore"):  # e^∞ is a sigmoid of 0
        for start in range(0, x.size, rows):
            part = slice(start, start + rows)
            units = low[part, None] + band
            Z = b[units] + wx[part, None]
            curve[part] += (c[units] / (1 + np.exp(-Z))).sum(axis=1)
    return curve


def evaluate_grid(net: MLP, x1, x2) -> np.ndarray:
    """The surface of a `tower_network` over a grid: x1 (m1,), x2 (m2,) -> (m1, m2), within 1e-9 of predict.

    Entry [a, c] is the network at (x1[a], x2[c]); the error is relative to the largest |f - mean of f|. Each
    unit of layer 1 must read one input, and layer 2 must be all sums of a profile in x₁ and one in x₂, as
    tower_network builds them; other networks are refused. Very high towers (height above about 90) are
    computed one by one.

    >>> from mlpkit.approximation import tower_network
    >>> net = tower_network(lambda x, y: x * y, n=10, steepness=80)
    >>> evaluate_grid(net, [0.25], [0.55, 0.85]).round(6).tolist() == [
    ...     net.predict([[0.25, 0.55], [0.25, 0.85]]).round(6).ravel().tolist()]
    True
    """
    x1, x2 = (_checks.numbers("evaluate_grid", name, x) for name, x in (("x1", x1), ("x2", x2)))
    for name, x in (("x1", x1), ("x2", x2)):
        if x.ndim != 1 or not x.size:
            raise ValueError(f"evaluate_grid expects {name} of shape (m,), m >= 1; got {x.shape}")
        _checks.finite("evaluate_grid", name, x)
    P, Q, V, ground = _profiles(net, x1, x2)
    low, high = (float(P.min()), float(Q.min())), (float(P.max()), float(Q.max()))
    terms = _products(*(round(edge - 0.005, 2) for edge in low), *(round(edge + 0.005, 2) for edge in high))
    if terms is None:
        return ground + _one_by_one(P, Q, V)
    p, q, left, right = terms
    A = _logistic(P, q)  # (m1, terms, n): σ(P + qᵣ)
    B = _logistic(Q, p)  # (m2, terms, n): σ(Q + pᵣ)
    A, B = np.matmul(left, A), np.matmul(right, B)
    n = len(V)
    AV = (A.reshape(-1, n) @ V).reshape(len(x1), -1)
    return ground + AV @ B.reshape(len(x2), -1).T


def _profiles(net, x1, x2):
    """P (m1, n), Q (m2, n), V (n, n), ground: the net is ground + Σ V[i, j] σ(P[:, i] + Q[:, j])."""
    wanted = "the towers of tower_network: two sigmoid layers, each tower one profile in x1 plus one in x2"
    names = [layer.activation.name for layer in net.layers]
    n = round(net.widths[-2] ** 0.5)
    if (
        names != ["sigmoid", "sigmoid", "linear"]
        or net.output.name != "gaussian"
        or (net.widths[0], net.widths[2], net.widths[3]) != (2, n * n, 1)
        or (net.layers[0].W[0] * net.layers[0].W[1]).any()
    ):
        raise _refusal("evaluate_grid", wanted, net)
    steps, towers, last = net.layers
    reads_x1 = steps.W[0] != 0
    W = towers.W.reshape(-1, n, n)
    W1, W2, b = W[reads_x1], W[~reads_x1], towers.b.reshape(n, n)
    b1, b2 = b[:, 0], b[0] - b[0, 0]
    alike = (W1[:, :, :1] == W1).all() and (W2[:, :1] == W2).all()
    if not (alike and np.allclose(b, np.add.outer(b1, b2), rtol=1e-13, atol=0)):
        raise _refusal("evaluate_grid", wanted, net)
    S1 = sigmoid(np.outer(x1, steps.W[0, reads_x1]) + steps.b[reads_x1])
    S2 = sigmoid(np.outer(x2, steps.W[1, ~reads_x1]) + steps.b[~reads_x1])
    return S1 @ W1[:, :, 0] + b1, S2 @ W2[:, 0] + b2, last.W.reshape(n, n), last.b[0]


def _logistic(Z, shifts):
    """σ(Z + shift) (m, shifts, n) for Z (m, n), with one exponential for each of Z and of the shifts."""
    E = np.exp(-shifts)[:, None] * np.exp(-Z)[:, None, :]  # e^-(z + shift)
    E += 1
    return np.divide(1, E, out=E)


@lru_cache(maxsize=32)
def _products(p_low, q_low, p_high, q_high):
    """σ(p + q) ≈ Σᵣ (left σ(p + q·))ᵣ (right σ(p· + q))ᵣ on a rectangle: pivots p·, q·, and two triangles.

    Cross approximation with the largest remainder as pivot, which is Gaussian elimination of the function
    (Bebendorf 2000; Townsend and Trefethen 2013). None, if z is too large, or too many terms are needed.
    """
    if max(-p_low, p_high, -q_low, q_high) > REACH:
        return None
    sizes = (max(33, int(4 * (high - low))) for low, high in ((p_low, p_high), (q_low, q_high)))
    p, q = (
        (low + high) / 2 - (high - low) / 2 * np.cos(np.pi * np.arange(size) / (size - 1))
        for low, high, size in zip((p_low, q_low), (p_high, q_high), sizes, strict=True)
    )
    rest = sigmoid(np.add.outer(p, q))
    rows, columns = [], []
    for _ in range(TERMS):
        i, j = divmod(int(np.abs(rest).argmax()), q.size)
        if abs(rest[i, j]) < RESIDUE:
            G = sigmoid(np.add.outer(p[rows], q[columns]))
            L, U = _triangles(G)
            return p[rows], q[columns], np.linalg.inv(U).T, np.linalg.inv(L)
        rows.append(i)
        columns.append(j)
        rest = rest - np.outer(rest[:, j], rest[i] / rest[i, j])
    return None


def _triangles(G):
    """G = LU without further pivoting: its rows and columns already stand in the order of the pivots."""
    L, U = np.eye(len(G)), G.copy()
    for k in range(len(G)):
        L[k + 1 :, k] = U[k + 1 :, k] / U[k, k]
        U[k + 1 :] -= np.outer(L[k + 1 :, k], U[k])
        U[k + 1 :, k] = 0.0
    return L, U


def _one_by_one(P, Q, V):
    """Σ V[i, j] σ(P[:, i] + Q[:, j]), every tower at every point, a few rows at a time."""
    surface = np.empty((len(P), len(Q)))
    rows = max(1, BLOCK // max(1, Q.shape[0] * V.size))
    for start in range(0, len(P), rows):
        Z = P[start : start + rows, None, :, None] + Q[None, :, None, :]
        surface[start : start + rows] = np.einsum("acij,ij->ac", sigmoid(Z), V)
    return surface


def _refusal(who, wanted, net):
    return ValueError(f"{who} expects {wanted}; got {net!r}: use its predict")
