"""Static figures: what they show, and that nothing in them overlaps."""

from itertools import combinations

import pytest
from little_graphs import GRAPHS
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.patches import FancyBboxPatch

from mlpkit.figures import COLOURS, computational_graph
from mlpkit.graph import Value, gradients, topological_order

every_graph = pytest.mark.parametrize("make", GRAPHS.values(), ids=GRAPHS)


def texts(fig, colour=None):
    """The texts of a figure, or those of one colour of the course."""
    found = fig.axes[0].texts
    return [text for text in found if colour is None or to_hex(text.get_color()) == COLOURS[colour].lower()]


def words(fig, colour):
    return sorted(text.get_text() for text in texts(fig, colour))


class TestComputationalGraph:
    @every_graph
    def test_it_shows_every_value_every_derivative_and_every_local_gradient(self, make):
        J = make()
        fig = computational_graph(J)
        nodes = [node for node in topological_order(J) if node.parents or node.name]
        values = [
            f"{node.name} = {node.value:.3g}" if node.parents and node.name else f"{node.value:.3g}"
            for node in nodes
        ]
        assert words(fig, "network") == sorted([*values, "value"])
        grads = gradients(J)
        assert words(fig, "unit") == sorted([*(f"{grads[node]:.3g}" for node in nodes), "dJ/dnode"])
        slopes = [
            f"{local:.3g}"
            for node in nodes
            for parent, local in zip(node.parents, node.local_grads, strict=True)
            if parent.parents or parent.name  # a constant gets no derivative
        ]
        assert words(fig, "other_unit") == sorted([*slopes, "local gradient"])

    @every_graph
    def test_no_text_overlaps_another_or_a_foreign_box_or_the_border(self, make):
        fig = computational_graph(make())
        renderer = FigureCanvasAgg(fig).get_renderer()
        extents = [text.get_window_extent(renderer) for text in texts(fig)]
        for (one, a), (other, b) in combinations(zip(texts(fig), extents, strict=True), 2):
            assert not a.overlaps(b), f"{one.get_text()} overlaps {other.get_text()}"
        border = fig.bbox
        assert all(border.x0 <= e.x0 and e.x1 <= border.x1 for e in extents)
        assert all(border.y0 <= e.y0 and e.y1 <= border.y1 for e in extents)
        boxes = [p.get_window_extent(renderer) for p in fig.axes[0].patches if isinstance(p, FancyBboxPatch)]
        assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
        inside = [sum(box.contains(*((e.p0 + e.p1) / 2)) for e in extents) for box in boxes]
        assert inside == [1] * len(boxes)  # its own label

    def test_without_the_backward_sweep_only_values_are_shown(self):
        fig = computational_graph(GRAPHS["square"](), backward=False)
        assert words(fig, "unit") == words(fig, "other_unit") == []
        assert len(words(fig, "network")) == 7

    def test_names_are_not_read_as_formulas_and_no_node_is_changed(self):
        J = Value(2.0, "a$_{") * Value(3.0, "b_$") + 1
        FigureCanvasAgg(computational_graph(J)).draw()
        assert [node.grad for node in topological_order(J)] == [0] * 5
