"""Networks of bumps, hats and towers, evaluated plainly and by structure; linear regions, found exactly.

"plain" is the vectorised formula that tutorials write: every unit at every point in one array. "predict" is
the network itself, which does the same in blocks. Every candidate gives the same curve within 1e-9, which is
checked before anything is timed.
"""

import _common  # before NumPy: one thread
import numpy as np

from mlpkit.approximation import (
    TARGETS,
    TARGETS_2D,
    bump_edges,
    bump_network,
    evaluate,
    evaluate_grid,
    hat_network,
    merged_network,
    tower_network,
)
from mlpkit.depth import line_regions, plane_regions, sawtooth_network
from mlpkit.network import MLP

F = TARGETS["nielsen"].f
SURFACE = TARGETS_2D["waves"].f
X = np.linspace(0, 1, 1000)
SIDE = np.linspace(0, 1, 200)


def logistic(Z):
    """σ as a tutorial writes it; σ(-1000) is 0, and the warning about it is switched off."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-Z))


def plain_bumps(x, n, w):
    """Σ h(σ(w(x - s₁)) - σ(w(x - s₂))), all bumps at all points."""
    edges = bump_edges(n)
    heights = F((edges[:-1] + edges[1:]) / 2)
    return (logistic(w * (x[:, None] - edges[:-1])) - logistic(w * (x[:, None] - edges[1:]))) @ heights


def plain_towers(x1, x2, net, n):
    """All towers at all points of the grid, from bump profiles; a row of points at a time."""
    w, h = net.layers[0].W[0, 0], net.layers[1].W.max()
    edges = np.r_[-1e9, bump_edges(n)[1:-1], 1e9]
    u, v = (
        logistic(w * (x[:, None] - edges[:-1])) - logistic(w * (x[:, None] - edges[1:])) for x in (x1, x2)
    )
    V, ground = net.layers[2].W.reshape(n, n), net.layers[2].b[0]
    rows = [(logistic(h * (row[:, None] + v[:, None, :]) - 1.5 * h) * V).sum(axis=(1, 2)) for row in u]
    return ground + np.array(rows)


def grid():
    """The 200 × 200 points, one example per row."""
    return np.column_stack([part.ravel() for part in np.meshgrid(SIDE, SIDE, indexing="ij")])


def curves():
    """1000 points on [0, 1]: title -> {candidate: callable}."""
    bumps, merged, hats = bump_network(F, 1000, 8000), merged_network(F, 1000, 8000), hat_network(F, 1000)
    return {
        "1000 bumps on 1000 points": {
            "plain": lambda: plain_bumps(X, 1000, 8000),
            "predict": lambda: bumps.predict(X[:, None])[:, 0],
            "evaluate": lambda: evaluate(bumps, X),
        },
        "1000 pieces, merged steps": {
            "predict": lambda: merged.predict(X[:, None])[:, 0],
            "evaluate": lambda: evaluate(merged, X),
        },
        "1000 hats": {
            "predict": lambda: hats.predict(X[:, None])[:, 0],
            "evaluate": lambda: evaluate(hats, X),
        },
    }


def surfaces():
    """200 × 200 points of the square: title -> {candidate: callable}."""
    found, points = {}, grid()
    for n in (20, 50):
        for height in (10.0, None):
            net = tower_network(SURFACE, n, 8 * n, height)
            found[f"{n}×{n} towers, h = {net.layers[1].W.max():.1f}, 200×200 points"] = {
                "plain": lambda net=net, n=n: plain_towers(SIDE, SIDE, net, n),
                "predict": lambda net=net: net.predict(points).reshape(200, 200),
                "evaluate_grid": lambda net=net: evaluate_grid(net, SIDE, SIDE),
            }
    return found


def regions():
    """Exact linear regions: label -> callable."""
    rng = np.random.default_rng(0)
    nets = {}
    for widths in ((2, 16, 1), (2, 16, 16, 2), (2, 32, 32, 1)):
        net = nets[widths] = MLP(widths, "relu", "gaussian", init="he", rng=rng)
        for layer in net.layers:
            layer.b = rng.normal(0, 0.3, layer.n_out)
    window = ((-1, 1), (-1, 1))
    plane = {
        f"{'-'.join(map(str, widths))} in a square": lambda net=net: plane_regions(net, window)
        for widths, net in nets.items()
    }
    line = {
        f"sawtooth, k = {len(net.layers) - 1}": lambda net=net: line_regions(net, [0.0], [1.0])
        for net in (sawtooth_network(3), sawtooth_network(12))
    }
    return plane | line


def main():
    """Print the tables and keep them."""
    rows = []
    for title, candidates in {**curves(), **surfaces()}.items():
        first, *others = (act() for act in candidates.values())
        gap = max(float(np.abs(first - other).max()) for other in others)
        if gap > 1e-9:
            raise SystemExit(f"{title}: candidates differ by {gap:.1e}")
        slow = next(iter(candidates))
        times = _common.interleaved(candidates, rounds=9, seconds=0.02)
        rows += [
            (title, name, f"{1e3 * time:.3g}", f"{times[slow] / time:.3g}", f"{gap:.0e}")
            for name, time in times.items()
        ]
    acts = regions()
    times = _common.interleaved(acts, rounds=9, seconds=0.02)
    counts = [(name, act().count, act().cells, f"{1e3 * times[name]:.3g}") for name, act in acts.items()]
    text = "\n\n".join(
        [
            _common.environment(),
            _common.table(("network", "way", "ms", "× faster than the first", "largest difference"), rows),
            _common.table(("linear regions of", "regions", "cells", "ms"), counts),
        ]
    )
    print(text)
    _common.store("approximation", text)


if __name__ == "__main__":
    main()
