"""Linear regions in the plane: arrangements of lines, brute force, degenerate cuts, merging."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpkit.depth import count_linear_regions, deep_bound, line_regions, plane_regions, shallow_bound
from mlpkit.layers import Dense
from mlpkit.network import MLP

SQUARE = ((-1.0, 1.0), (-1.0, 1.0))


def random_net(widths, seed, activation="relu", bias=0.3):
    """He weights and normal biases, so that kinks do not all meet in the origin."""
    rng = np.random.default_rng(seed)
    net = MLP(widths, activation, "gaussian", init="he", rng=rng)
    for layer in net.layers:
        layer.b = rng.normal(0, bias, layer.n_out)
    return net


def arrangement(W, b, out=None):
    """One hidden layer whose units have the lines given, and an output that tells all of them apart."""
    n = len(b)
    V = np.random.default_rng(n).normal(1, 0.3, (n, 1)) if out is None else out
    return MLP.from_layers([Dense(W, b, "relu"), Dense(V, [0.0])])


def area(polygon):
    """Shoelace formula: positive when counter-clockwise."""
    (x, y), (x_next, y_next) = polygon.T, np.roll(polygon, -1, axis=0).T
    return (x * y_next - x_next * y).sum() / 2


def inside(polygon, points):
    """Which points lie in a convex counter-clockwise polygon, borders included."""
    edge = np.roll(polygon, -1, axis=0) - polygon
    to = points[:, None, :] - polygon
    return (edge[:, 0] * to[:, :, 1] - edge[:, 1] * to[:, :, 0] >= -1e-12).all(axis=1)


@pytest.mark.parametrize("n", [1, 2, 3, 5, 10, 20])
def test_n_lines_in_general_position_make_zaslavskys_number_of_parts(n):
    angle = np.pi * (np.arange(n) + np.random.default_rng(n).uniform(0.1, 0.9, n)) / n
    W, b = np.stack([np.cos(angle), np.sin(angle)]), np.random.default_rng(n + 1).normal(size=n)
    found = plane_regions(arrangement(W, b), ((-1e4, 1e4), (-1e4, 1e4)))  # all crossings are in there
    assert found.count == found.cells == shallow_bound(2, n)


def test_lines_through_one_point_make_2n_wedges_and_no_slivers():
    for n in (3, 7, 16):
        angle = np.pi * np.arange(n) / n + 0.1
        W = np.stack([np.cos(angle), np.sin(angle)])
        found = plane_regions(arrangement(W, -W.T @ [0.3, 0.2]), SQUARE)
        assert found.cells == 2 * n
        assert min(area(polygon) for polygon in found.polygons) > 1e-4


def test_parallel_equal_and_missing_lines_are_counted_once_or_not_at_all():
    W = np.array([[1.0, 2.0, 1.0, 1.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0]])
    b = np.array([-0.5, -1.0, 0.5, 1.0, 3.0])  # x = ½ twice, x = -½, the window's border x = -1, no line
    assert plane_regions(arrangement(W, b), SQUARE).cells == 3
    assert plane_regions(arrangement(np.zeros((2, 4)), -np.ones(4)), SQUARE).cells == 1


def test_a_line_through_corners_of_the_window_and_of_other_cells():
    W = np.array([[1.0, 1.0, 1.0], [1.0, -1.0, 0.0]])  # both diagonals and the middle: all through (0, 0)
    found = plane_regions(arrangement(W, np.zeros(3)), SQUARE)
    assert found.cells == 6
    assert sorted(len(polygon) for polygon in found.polygons) == [3, 3, 3, 3, 3, 3]


@pytest.mark.parametrize("name", ["relu", "leaky_relu"])
@given(seed=st.integers(0, 10**6), hidden=st.lists(st.integers(1, 9), min_size=1, max_size=3))
@settings(max_examples=40)
def test_the_cells_tile_the_window_and_carry_the_nets_own_maps(name, seed, hidden):
    net = random_net([2, *hidden, 2], seed, name)
    found = plane_regions(net, SQUARE)
    areas = [area(polygon) for polygon in found.polygons]
    assert sum(areas) == pytest.approx(4, rel=1e-12)
    assert min(areas) > 0
    corners, owner = (
        np.concatenate(found.polygons),
        np.repeat(np.arange(found.cells), [len(polygon) for polygon in found.polygons]),
    )
    Y = (corners[:, :, None] * found.M[owner]).sum(axis=1) + found.c[owner]
    np.testing.assert_allclose(Y, net.predict(corners), atol=1e-10)  # also in every corner: continuous
    assert found.count <= found.cells <= deep_bound([2, *hidden])


@pytest.mark.parametrize("widths", [[2, 16, 1], [2, 16, 16, 2], [2, 8, 8, 8, 1], [2, 5, 1, 5, 1]])
@pytest.mark.parametrize("seed", range(3))
def test_every_activation_pattern_of_a_fine_grid_is_one_cell(widths, seed):
    net = random_net(widths, seed)
    found = plane_regions(net, SQUARE)
    axis = np.linspace(-1, 1, 701) * (1 - 1e-6)
    points = np.column_stack([part.ravel() for part in np.meshgrid(axis, axis)])
    on = np.hstack([Z > 0 for Z in net.forward(points).Z[:-1]])
    seen = len(np.unique(np.packbits(on, axis=1), axis=0))
    wide = sum(area(polygon) > 4 * (2 / 700) * 3 for polygon in found.polygons)  # cannot hide from the grid
    assert wide <= seen <= found.cells
    middles = np.array([polygon.mean(axis=0) for polygon in found.polygons])
    on = np.hstack([Z > 0 for Z in net.forward(middles).Z[:-1]])
    assert len(np.unique(on, axis=0)) == found.cells  # a pattern's cell is convex: no pattern comes twice


@pytest.mark.parametrize("seed", range(6))
def test_along_any_line_the_plane_and_the_line_agree(seed):
    net = random_net([2, 8, 8, 8, 1], seed)
    found = plane_regions(net, SQUARE)
    a, b = np.array([-0.97, -0.9]), np.array([0.93, 0.99])
    on_line = line_regions(net, a, b)
    t = (on_line.t[:-1] + on_line.t[1:]) / 2
    met = [np.flatnonzero(inside(polygon, a + t[:, None] * (b - a))) for polygon in found.polygons]
    slopes = np.full(len(t), np.nan)
    for cell, pieces in enumerate(met):
        slopes[pieces] = (b - a) @ found.M[cell, :, 0]
    np.testing.assert_allclose(slopes, on_line.slopes[:, 0], atol=1e-12)


# ── cells and regions ───────────────────────────────────────────────────────────────────────────────────


def test_cells_with_one_map_and_a_common_border_are_one_region():
    W = np.array([[1.0, -1.0], [0.0, 0.0]])
    identity = arrangement(W, np.zeros(2), out=np.array([[1.0], [-1.0]]))  # relu(x) - relu(-x) = x
    found = plane_regions(identity, SQUARE)
    assert (found.cells, found.count) == (2, 1)
    assert repr(found) == "PlaneRegions(1 linear regions, 2 cells)"
    idle = random_net([2, 10, 1], 0)
    idle.layers[1].W = np.zeros((10, 1))
    found = plane_regions(idle, SQUARE)
    assert found.cells > 5
    assert found.count == 1


def test_cells_with_one_map_that_do_not_touch_or_touch_in_a_point_are_regions_of_their_own():
    #   relu(relu(x) + relu(-x) - ½): 0 in the middle strip, different slopes left and right of it
    absolute = Dense([[1.0, -1.0], [0.0, 0.0]], [0.0, 0.0], "relu")
    net = MLP.from_layers([absolute, Dense([[-1.0], [-1.0]], [0.5], "relu"), Dense([[1.0]], [0.0])])
    found = plane_regions(net, SQUARE)  # relu(½ - |x|): 0, a tent of two sides, and 0 again
    assert (found.cells, found.count) == (4, 4)
    assert sorted(found.M[:, 0, 0].tolist()) == [-1, 0, 0, 1]
    #   relu(min(x, y)) + relu(min(-x, -y)) by min(x, y) = x - relu(x - y): 0 where the signs differ
    first = Dense([[1, 0, -1, 0, 1, -1], [0, 1, 0, -1, -1, 1]], np.zeros(6), "relu")
    W = np.array([[1, 0], [0, 0], [-1, 0], [0, 0], [-1, 0], [0, 0]], float)
    W[:, 1] = [-1, 0, 1, 0, 0, -1]  # min(x, y) = x - relu(x - y); min(-x, -y) = -x - relu(y - x)
    net = MLP.from_layers([first, Dense(W, np.zeros(2), "relu"), Dense([[1.0], [1.0]], [0.0])])
    found = plane_regions(net, SQUARE)
    assert found.count == 6  # x and y in one quadrant, -x and -y in the other, and twice 0, point to point


def test_a_net_with_more_inputs_is_seen_on_a_plane_through_it():
    net = random_net([5, 9, 9, 1], 2)
    origin, u, v = np.random.default_rng(0).normal(size=(3, 5))
    found = plane_regions(net, SQUARE, plane=(origin, u, v))
    middles = np.array([polygon.mean(axis=0) for polygon in found.polygons])
    Y = (middles[:, :, None] * found.M).sum(axis=1) + found.c
    np.testing.assert_allclose(Y, net.predict(origin + middles @ [u, v]), atol=1e-12)
    assert found.cells > 10


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_the_count_does_not_depend_on_the_units_of_length(scale):
    net = random_net([2, 8, 8, 1], 3)
    expected = count_linear_regions(net, SQUARE)
    net.layers[0].W = net.layers[0].W / scale
    assert count_linear_regions(net, tuple((scale * low, scale * high) for low, high in SQUARE)) == expected
