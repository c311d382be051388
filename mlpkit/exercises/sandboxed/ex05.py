"""Arguments of set 05: slopes, functions of arrays, graphs; and what is observed of a graph."""

import numpy as np

SLOPES = {
    "tanh": lambda z: 1 - np.tanh(z) ** 2,
    "relu": lambda z: (z > 0) * 1.0,
    "bent": lambda z: 2 * z - 1,
}


def slope(name):
    """g′ of the function called so in `functions`: tanh, relu, bent."""
    return SLOPES[name]


def _cubes(x):
    return (np.arange(1, x.size + 1).reshape(x.shape) * x**3).sum()


def _waves(x):
    return np.sin(x).sum() * np.exp(-0.3 * x.flat[0])


def _products(x):
    return (x.flat[1:] * x.flat[:-1]).sum() + 2 * (x**2).sum()


SCALARS = {"cubes": _cubes, "waves": _waves, "products": _products}


def scalar(name):
    """A function of an array of any shape that gives one number."""
    return SCALARS[name]


class Node:
    """A node of a graph: value, grad (0 at first), parents, local_grads (∂value/∂parent, one per parent)."""

    def __init__(self, value, parents=(), local_grads=()):
        self.value, self.grad, self.visited = float(value), 0.0, False
        self._parents, self.local_grads = tuple(parents), tuple(local_grads)

    @property
    def parents(self):
        """The nodes it was computed from; reading them sets `visited`."""
        self.visited = True
        return self._parents


def graph(edges):
    """Nodes in order, every node after its parents; `edges[i]`: [(number of a parent, local gradient), …]."""
    nodes = []
    for i, incoming in enumerate(edges):
        parents = [nodes[int(p)] for p, _ in incoming]
        nodes.append(Node(0.5 + 0.25 * i, parents, [float(slope) for _, slope in incoming]))
    return nodes


def gradients(function, arguments):
    """Every node's grad after the call, whether J was visited, and whether the list is what it was."""
    nodes = list(arguments[0])
    function(*arguments)
    return {
        "grad": np.array([float(node.grad) for node in nodes]),
        "way through the graph": nodes[-1].visited,
        "list of nodes": [id(node) for node in arguments[0]] == [id(node) for node in nodes],
    }
