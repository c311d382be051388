"""The figures that slider_latency.py moves: stages, and the same curve under its peers."""

import asyncio
import gc
import statistics
import time
from functools import partial

import ipywidgets as w
import numpy as np
import psutil
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from mlpkit.approximation import TARGETS, bump_network
from mlpkit.stage import Stage, log_slider, slider, steps
from mlpkit.stage.prefetch import PREFETCHER

X = np.linspace(0, 1, 1000)
F = TARGETS["nielsen"]


def fitted(n, steepness):
    """1000 points of the network with n bumps, and its largest error."""
    y = bump_network(F.f, n, steepness).predict(X[:, None])[:, 0]
    return y, abs(y - F(X)).max()


def title_of(n, steepness, error):
    """What the figure says above the curve."""
    return f"N = {n} bumps, w = {steepness:.3g}: {2 * n} hidden units, largest error {error:.3f}"


def axes():
    """A figure of 640 x 400 CSS pixels with the target drawn."""
    fig = Figure(figsize=(6.4, 4), dpi=100, layout="constrained")
    ax = fig.add_subplot(xlim=(0, 1), ylim=(-0.3, 1.4), xlabel="x", ylabel="y")
    ax.plot(X, F(X), color="0.6", lw=2, label="target")
    return fig, ax


def curve():
    """A curve of 1000 points and a title in words."""
    fig, ax = axes()
    (line,) = ax.plot(X, X, color="C1", label="network")
    ax.legend(loc="upper right")
    title = ax.set_title(" ")

    def update(n, steepness):
        y, error = fitted(n, steepness)
        line.set_ydata(y)
        title.set_text(title_of(n, steepness, error))

    return Stage(
        fig, update, [line, title], n=steps(1, 60, 20), steepness=log_slider(1, 1024, 256, per_octave=6)
    )


def without_table():
    """The same, but no state is computed ahead: every frame comes from the kernel."""
    stage = curve()
    stage.states.prefetch = lambda *given: iter(())
    return stage


def heat():
    """A heat map of 100 x 100 cells and a title with mathtext."""
    fig = Figure(figsize=(5, 4), dpi=100, layout="constrained")
    ax = fig.add_subplot(xlabel="$x_1$", ylabel="$x_2$")
    grid = np.stack(np.meshgrid(np.linspace(-2, 2, 100), np.linspace(-2, 2, 100)), axis=-1)
    rng = np.random.default_rng(0)
    W, b, v = rng.normal(size=(2, 16)), rng.normal(size=16), rng.normal(size=16)
    image = ax.imshow(
        grid[..., 0], extent=(-2, 2, -2, 2), origin="lower", vmin=0, vmax=1, interpolation="nearest"
    )
    title = ax.set_title(" ")

    def update(scale):
        image.set_data(1 / (1 + np.exp(-np.tanh(scale * (grid @ W + b)) @ v)))
        title.set_text(rf"$\sigma(w^T x)$, $w = {scale:.2f}$")

    return Stage(fig, update, [image, title], scale=slider(0.05, 5, 1, step=0.05))


def edges():
    """A network of 120 edges, coloured and as wide as their weights."""
    fig = Figure(figsize=(5, 4), dpi=100)
    ax = fig.add_subplot(xlim=(-0.2, 2.2), ylim=(-1, 12))
    rng = np.random.default_rng(0)
    left, middle, right = np.arange(6) * 2.0, np.arange(12.0), np.arange(4) * 3.0
    ends = [[(0, a), (1, b)] for a in left for b in middle] + [
        [(1, a), (2, b)] for a in middle for b in right
    ]
    base, turn = rng.normal(size=(2, len(ends)))
    lines = ax.add_collection(LineCollection(ends, cmap="coolwarm", clim=(-2, 2)))

    def update(t):
        weights = base + turn * np.sin(t / 5)
        lines.set_array(weights)
        lines.set_linewidths(0.3 + 2 * abs(weights))

    return Stage(fig, update, [lines], lambda t: f"Step {t}.", t=steps(0, 100, 10))


def floor():
    """A progress bar that follows a slider in the browser: what the page alone needs."""
    control, bar = w.IntSlider(20, 1, 60), w.IntProgress(20, 1, 60)
    w.jslink((control, "value"), (bar, "value"))
    return w.VBox([control, bar])


def interact_curve():
    """The curve as most notebooks do it: a function that draws anew for each value."""
    from IPython.display import display

    def draw(n=20):
        y, error = fitted(n, 256.0)
        fig, ax = axes()
        ax.plot(X, y, color="C1", label="network")
        ax.legend(loc="upper right")
        ax.set_title(title_of(n, 256.0, error))
        display(fig)

    w.interact(draw, n=(1, 60))


def ipympl_curve():
    """The curve on ipympl's canvas: the kernel draws, the browser shows the picture's difference."""
    from ipympl.backend_nbagg import Canvas, FigureManager

    fig, ax = axes()
    (line,) = ax.plot(X, X, color="C1", label="network")
    canvas = Canvas(fig)
    FigureManager(canvas, 0)
    control = w.IntSlider(20, 1, 60)

    def follow(_):
        y, error = fitted(control.value, 256.0)
        line.set_ydata(y)
        ax.set_title(title_of(control.value, 256.0, error))
        canvas.draw_idle()

    control.observe(follow, "value")
    follow(None)
    return w.VBox([control, canvas])


def milliseconds(act, count=1):
    """Median time of an act over `count` calls."""
    times = []
    for _ in range(count):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def milliseconds_each(act, positions):
    """Median time of `act(position)` over the positions."""
    return statistics.median(milliseconds(partial(act, at)) for at in positions)


def longest_wait(stage):
    """How long anything else waits, at most, while all tables of a stage are made (ms)."""
    stage.picture.send = lambda *message: None

    async def run():
        waits = []
        stage.kernel.receive(dict(kind="tables", axes=list(stage.controls), at=stage.position))
        while stage.kernel in PREFETCHER.jobs:
            start = time.perf_counter()
            await asyncio.sleep(0)
            waits.append(time.perf_counter() - start)
        return 1000 * max(waits[1:])  # the first slice paints the other theme

    return asyncio.run(run())


def kernel_figures():
    """Rows (what, measured) of the work that the kernel does."""
    rows = []
    for name, make in (("curve + title", curve), ("heat map 100×100", heat), ("120 edges", edges)):
        stage = make()
        column = next(iter(stage.controls))
        positions = [[i, *stage.position[1:]] for i in range(len(stage.states.values[column]))]
        words = [stage.states.state(at)[0] for at in positions]
        size = statistics.median(len(part) * 4 for part in words) / 1000
        record = milliseconds_each(stage.states.state, positions) - milliseconds_each(
            lambda at, states=stage.states: states.update(**states.parameters(at)), positions
        )
        rows.append([f"{name}: to record a state, beside `update`", f"{record:.2f} ms, {size:.1f} kB"])
    stage = curve()
    at = [*stage.position]
    at[1] += 3
    all_states = milliseconds(lambda: list(stage.states.prefetch("n", at, 60, print)))
    first = milliseconds(lambda: next(stage.states.prefetch("n", at, 0.012, print)))
    rows.append(["another slider was moved: first slice of the table", f"{first:.0f} ms"])
    rows.append(["… all 60 states", f"{all_states:.0f} ms"])
    rows.append(["longest wait of a message while tables are made", f"{longest_wait(curve()):.0f} ms"])
    rows.append(["a stage and its first picture are made", f"{milliseconds(curve, 5):.0f} ms"])
    gc.collect()
    before = psutil.Process().memory_info().rss  # with what libraries allocate, which Python does not see
    kept = [curve() for _ in range(20)]
    gc.collect()
    grown = psutil.Process().memory_info().rss - before
    rows.append(["memory of a stage, as the process grows", f"{grown / 20e6:.1f} MB"])
    for stage in kept:
        stage.close()
    return rows
