"""The walk through a graph ends with the gradients of the graph."""

import pytest

from mlpkit import explore
from mlpkit.explore.backpropagation import Walk, chain_graph, shared_graph
from mlpkit.graph import gradients

graphs = pytest.mark.parametrize("graph", [chain_graph, shared_graph])


@graphs
@pytest.mark.parametrize("w", [-1.5, 0.25, 2.0])
def test_at_the_last_step_the_walk_has_the_gradients_of_the_graph(graph, w):
    J = graph(w)
    walk = Walk(J)
    known, grads, _, _ = walk.at(walk.length, True)
    exact = gradients(J)
    named = {node for node in exact if node.name}
    assert named <= {*known}
    assert {node for node in grads if node.name} == named
    for node in named:
        assert grads[node] == pytest.approx(exact[node], rel=1e-12)


@graphs
def test_the_forward_pass_knows_one_node_more_at_each_step(graph):
    walk = Walk(graph(1.0))
    for step in range(len(walk.forward) + 1):
        known, grads, _, _ = walk.at(step, True)
        assert len(known) == len(walk.leaves) + step
        assert not grads


def test_the_picture_tells_the_step_that_the_description_tells():
    stage = explore.backprop_walk(step=12)
    (line,) = [text for text in stage.figure.axes[0].texts if text.get_text().startswith("backward: dJ/d")]
    assert line.get_text() in stage.description


def test_overwriting_is_wrong_at_the_shared_node_and_below_it_only():
    walk = Walk(shared_graph(1.0))
    words = explore.backprop_walk(step=walk.length, rule=False).description
    assert "Wrong now: dJ/da, dJ/dz, dJ/dw, dJ/dx" in words.replace("dJ/dx, dJ/dw", "dJ/dw, dJ/dx")
    assert "Everything so far is right" in explore.backprop_walk(step=walk.length, rule=True).description
