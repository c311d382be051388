"""The question `graph_backward`: the chain rule through a graph with shared nodes."""

import numpy as np

from mlpkit.exercises.comparisons import Tolerance, agree, custom, entry, failed
from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Mismatch, Probe, Question
from mlpkit.exercises.sandboxed.plain import Numbers
from mlpkit.exercises.sandboxed.run import Built

PATHS = Tolerance(1e-9, 1e-11, "sums over a few paths: another order moves the last digits")


def graph_backward(nodes):
    """dJ/dvalue of every node, written into its .grad; J is the last node.

    nodes: a list in which every node stands after its parents. A node has .value, .grad (0.0 at the start),
    .parents (the nodes it was computed from; one used twice stands there twice) and .local_grads
    (∂value/∂parent, one for each parent) -> None; the nodes' .grad are filled, the list stays as it is
    """
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for parent, local in zip(node.parents, node.local_grads, strict=True):
            parent.grad += node.grad * local


def backward_path_by_path(nodes):
    """Follow every path from J, with the product so far."""

    def walk(node, product):
        node.grad += product
        for parent, local in zip(node.parents, node.local_grads, strict=True):
            walk(parent, product * local)

    walk(nodes[-1], 1.0)


def backward_by_asking_the_users(nodes):
    """Each node asks all nodes that use it."""
    for i in range(len(nodes) - 1, -1, -1):
        total = 1.0 if i == len(nodes) - 1 else 0.0
        for user in nodes[i + 1 :]:
            for k in range(len(user.parents)):
                if user.parents[k] is nodes[i]:
                    total += user.grad * user.local_grads[k]
        nodes[i].grad = total


def backward_by_matrices(nodes):
    """Solve (1 − L) grad = e for all nodes at once, L the matrix of local gradients."""
    index = {id(node): i for i, node in enumerate(nodes)}
    L = np.zeros((len(nodes), len(nodes)))
    for j, node in enumerate(nodes):
        for parent, local in zip(node.parents, node.local_grads, strict=True):
            L[index[id(parent)], j] += local
    e = np.zeros(len(nodes))
    e[-1] = 1
    for node, grad in zip(nodes, np.linalg.solve(np.eye(len(nodes)) - L, e), strict=True):
        node.grad = float(grad)


def _grads(got, wanted):
    if mismatch := failed(got, wanted):
        return mismatch
    return agree(".grad", entry(got.value, 0), entry(wanted.value, 0), PATHS)


def _list_as_it_was(got, wanted):
    if mismatch := failed(got, wanted):
        return mismatch
    one, other = ([_is_true(entry(o.value, i)) for i in (1, 2)] for o in (got, wanted))
    if one[0] != other[0]:
        return Mismatch("a way through the graph", "J's parents are not asked for")
    return None if one == other else Mismatch("the list as it was", "nodes taken out, or in another order")


def _is_true(value):
    return isinstance(value, Numbers) and bool(value.values)


def _graph(edges):
    """A graph whose slopes are drawn: away from 0 and ±1 and from each other."""

    def make(r):
        slopes = iter(
            r.permutation(np.array([1.3, -0.7, 2.1, -1.6, 0.6, 1.8, -2.3, 0.8, -1.2, 2.6, 1.5, -0.5]))
        )
        drawn = [[(p, float(next(slopes) * r.uniform(0.97, 1.03))) for p in incoming] for incoming in edges]
        return (Built("ex05.graph", {"edges": drawn}),)

    return make


CHAIN = [[], [0], [1], [2]]
NEURON = [[], [], [0, 1], [], [2, 3], [4], [5, 5]]
DIAMOND = [[], [0], [1], [1], [2, 3]]
SHORTCUT = [[], [0], [1], [2], [0, 3], [4, 1]]
LADDER = [[], [], [0, 1], [1, 2], [2, 3], [3, 4]]
SUM = "J feels a node through every node that uses it. What does one do with the contributions of several paths?"


def _edges(node):
    return list(zip(node.parents, node.local_grads, strict=True))


def _backward(
    nodes,
    part=lambda node, parent, local: node.grad * local,
    join=lambda before, new: before + new,
    order=lambda nodes: nodes[::-1],
    edges=_edges,
    start=1.0,
):
    """The right function with a piece replaced."""
    nodes[-1].grad = start
    for node in order(nodes):
        for parent, local in edges(node):
            parent.grad = join(parent.grad, part(node, parent, local))


@mistake("you assign instead of adding at shared nodes", SUM)
def overwritten_at_shared_nodes(nodes):
    _backward(nodes, join=lambda before, new: new)


@mistake(
    "all gradients stay 0",
    "Where does the first number come from? What is dJ/dJ? And is every share written into a node's .grad?",
)
def start_forgotten(nodes):
    _backward(nodes, start=0.0)


@mistake("you start with J's value", "How much does J change if J changes by a little?")
def started_with_the_value(nodes):
    _backward(nodes, start=nodes[-1].value)


@mistake("every node starts with 1", "Only one node has a derivative that is known from the start.")
def every_node_started_with_one(nodes):
    for node in nodes:
        node.grad = 1.0
    _backward(nodes)


@mistake(
    "only J's own parents get a gradient, as on a way from the front",
    "When a node passes its gradient on, it must already be complete. Who has to come first?",
)
def forward_order(nodes):
    _backward(nodes, order=list)


def _walk(nodes, at, once):
    """From J to the parents: each round takes the first (0) or last (−1) that waits; `once`: a node waits once."""
    nodes[-1].grad = 1.0
    waiting, seen = [nodes[-1]], set()
    while waiting:
        node = waiting.pop(at)
        for parent, local in _edges(node):
            parent.grad += node.grad * local
            if not (once and id(parent) in seen):
                seen.add(id(parent))
                waiting.append(parent)


@mistake(
    "a gradient is passed on before it is complete",
    "Your walk visits a shared node once for each user, and passes on each time all that has come so far. When is a node complete?",
)
def passed_on_too_early(nodes):
    def visit(node):
        for parent, local in _edges(node):
            parent.grad += node.grad * local
            visit(parent)

    nodes[-1].grad = 1.0
    visit(nodes[-1])


@mistake(
    "you take the nodes in the order of their distance from J",
    "A short way can reach a node before the long way has. When is a node complete?",
)
def in_order_of_distance(nodes):
    _walk(nodes, 0, True)


@mistake(
    "a node passes on at every visit", "All that came so far is passed on again. When is a node complete?"
)
def passed_on_at_every_visit(nodes):
    _walk(nodes, 0, False)


@mistake(
    "a node passes on at every visit, the last reached first", "How often should a node report, and when?"
)
def passed_on_from_a_stack(nodes):
    _walk(nodes, -1, False)


@mistake("a node passes on at its first visit", "Have all of its users reported by then?")
def passed_on_at_the_first_visit(nodes):
    _walk(nodes, -1, True)


@mistake(
    "a node passes on at its first visit, path by path", "Which of a node's users have reported by then?"
)
def passed_on_at_the_first_visit_path_by_path(nodes):
    seen = set()

    def visit(node):
        for parent, local in _edges(node):
            parent.grad += node.grad * local
            if id(parent) not in seen:
                seen.add(id(parent))
                visit(parent)

    nodes[-1].grad = 1.0
    visit(nodes[-1])


@mistake("a node keeps only the path that came last", SUM + " Does your walk add up where two paths meet?")
def last_path_alone(nodes):
    def walk(node, product):
        node.grad = product
        for parent, local in _edges(node):
            walk(parent, product * local)

    walk(nodes[-1], 1.0)


@mistake("J passes nothing on", "The last node starts the whole walk. Does your loop begin with it?")
def last_node_skipped(nodes):
    _backward(nodes, order=lambda nodes: nodes[-2::-1])


@mistake(
    "a node takes from its parents", "Gradients go from J to the parents. Which of the two is written to?"
)
def parents_report_to_the_node(nodes):
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for parent, local in _edges(node):
            node.grad += parent.grad * local


@mistake(
    "you go through the list from the front, and assign instead of adding",
    "Two things: who has to be complete before a node passes on, and what becomes of the contributions of several paths?",
)
def forward_order_assigned(nodes):
    _backward(nodes, join=lambda before, new: new, order=list)


@mistake("the first node starts with 1", "Which of the nodes is J, and how much does J change with J?")
def started_at_the_first_node(nodes):
    _backward(nodes, start=0.0)
    nodes[0].grad = 1.0


@mistake(
    "only local gradients are added",
    "The chain rule multiplies along a path. By what is the local gradient multiplied?",
)
def local_gradients_alone(nodes):
    _backward(nodes, lambda node, parent, local: local)


@mistake("local gradients play no part", "The chain rule multiplies along a path. What stands at the edge?")
def gradient_passed_on_unchanged(nodes):
    _backward(nodes, lambda node, parent, local: node.grad)


@mistake("you add along the path", "Along a path one operation, over several paths another. Which is which?")
def added_along_the_path(nodes):
    _backward(nodes, lambda node, parent, local: node.grad + local)


@mistake(
    "you multiply at shared nodes",
    "Along a path one operation, over several paths another. You have one of them for both.",
)
def multiplied_at_shared_nodes(nodes):
    for node in nodes:
        node.grad = 1.0
    _backward(nodes, join=lambda before, new: before * new)


@mistake("only the first parent gets its share", "A product depends on both of its factors.")
def first_parent_only(nodes):
    _backward(nodes, edges=lambda node: _edges(node)[:1])


@mistake("nodes used twice count once", "In e · e the same node is a parent twice, with two local gradients.")
def one_edge_for_a_node_used_twice(nodes):
    _backward(nodes, edges=lambda node: {id(p): (p, g) for p, g in _edges(node)}.values())


@mistake("values are taken for gradients", "Which of a node's two numbers says how much J changes with it?")
def values_instead_of_gradients(nodes):
    _backward(nodes, lambda node, parent, local: node.value * local)


@mistake("the node's value is multiplied in", "The local gradient is the whole slope of the edge already.")
def values_multiplied_in(nodes):
    _backward(nodes, lambda node, parent, local: node.grad * local * node.value)


@mistake("values are taken for slopes", "True for some products only. Each edge has its slope written on it.")
def parents_value_as_slope(nodes):
    _backward(nodes, lambda node, parent, local: node.grad * parent.value)


@mistake("you divide by the local gradient", "dJ/dx = dJ/dz · dz/dx. Which of the two is at the edge?")
def divided_by_the_slope(nodes):
    _backward(nodes, lambda node, parent, local: node.grad / local)


@mistake("parts are subtracted", "The step goes down the gradient, but that is the optimizer's minus.")
def subtracted(nodes):
    _backward(nodes, join=lambda before, new: before - new)


@mistake("local gradients go to the wrong parents", "Which local gradient belongs to which parent?")
def local_gradients_in_reverse(nodes):
    _backward(nodes, edges=lambda node: zip(node.parents, node.local_grads[::-1], strict=True))


@mistake("the first nodes get nothing", "The leaves are what training wants. Do they get their share?")
def stopped_before_the_first_nodes(nodes):
    _backward(nodes, edges=lambda node: [(p, g) for p, g in _edges(node) if p.parents])


@mistake("only the largest path counts", SUM + " Is the largest enough?")
def largest_path_only(nodes):
    _backward(nodes, join=lambda before, new: max(before, new, key=abs))


@mistake("everything is passed on twice", "Once a node is complete it reports once. How often does yours?")
def all_passed_on_again(nodes):
    _backward(nodes)
    _backward(nodes)


@mistake(
    "your function changes the list",
    "The list is the caller's, who wants all nodes in their order afterwards. How can you go through it backwards without touching it?",
)
def list_changed(nodes):
    _backward(nodes)
    nodes.reverse()


QUESTION = Question(
    graph_backward,
    ".grad",
    probes=(
        Probe("chain", _graph(CHAIN), "a chain of four nodes", "ex05.gradients"),
        Probe("neuron", _graph(NEURON), "a neuron whose error is squared as e · e", "ex05.gradients"),
        Probe("diamond", _graph(DIAMOND), "a node with two users", "ex05.gradients"),
        Probe(
            "shortcut", _graph(SHORTCUT), "a short way and a long way from the same node", "ex05.gradients"
        ),
        Probe("ladder", _graph(LADDER), "many paths", "ex05.gradients"),
    ),
    properties=(
        custom(
            "a chain",
            2,
            _grads,
            on=("chain",),
            advice="dJ/dJ is 1. One edge further down it is that times the local gradient.",
        ),
        custom("shared nodes", 3, _grads, on=("neuron", "diamond", "shortcut", "ladder"), advice=SUM),
        custom("inputs left unchanged", 1, _list_as_it_was, advice="The list is the caller's."),
    ),
    right=(
        backward_path_by_path,
        backward_by_asking_the_users,
        backward_by_matrices,
    ),
    misconceptions=mistakes(globals()),
    further=(
        "Draw the failing graph with its local gradients on the edges. Which nodes can you fill in from J downwards, and in which order?",
        "Take a node with two users. What must both have got before they report to it, and what does it do with the two reports?",
    ),
)
