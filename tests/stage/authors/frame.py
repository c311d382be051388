"""How the authors' figures are entered: functions return (figure, update, live); k is 1 to 5."""

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np

from mlpkit.stage import Stage, steps

AUTHORS = {}
X = np.linspace(0, 1, 60)
T = np.linspace(0, 2 * np.pi, 60)


def entered(build):
    """Decorator: enter a figure."""
    AUTHORS[build.__name__] = build
    return build


def staged(name):
    """The stage of a figure; pyplot's figures are gone from pyplot afterwards."""
    stage = Stage(*AUTHORS[name](), k=steps(1, 5, label="k"))
    assert plt.get_fignums() == []
    return stage


def moving(ax, **style):
    """A line that moves with k, thick enough to show what covers what -> (line, update)."""
    (line,) = ax.plot(X, X, **{"lw": 8, "color": "C3", **style})
    return line, lambda k: line.set_ydata(0.5 + 0.45 * np.sin(k * 2 * X))
