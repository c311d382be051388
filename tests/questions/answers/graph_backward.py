"""Answers to graph_backward by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import numpy as np


def a01_wrong(nodes):
    """wrong: the gradient is assigned instead of accumulated"""
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for p, local in zip(node.parents, node.local_grads):
            p.grad = node.grad * local


def a03_wrong(nodes):
    """wrong: dJ/dJ is never set, all gradients stay 0"""
    for node in reversed(nodes):
        for p, local in zip(node.parents, node.local_grads):
            p.grad += node.grad * local


def a05_wrong(nodes):
    """wrong: the list is reversed in place and stays so"""
    nodes.reverse()
    nodes[0].grad = 1.0
    for node in nodes:
        for p, local in zip(node.parents, node.local_grads):
            p.grad += node.grad * local


def a07_wrong(nodes):
    """wrong: at J alone the gradient is assigned instead of accumulated (a parent that J uses twice gets one share)"""
    nodes[-1].grad = 1.0
    n = len(nodes)
    for p, local in zip(nodes[-1].parents, nodes[-1].local_grads):
        p.grad = local
    for i in range(n - 2, -1, -1):
        for p, local in zip(nodes[i].parents, nodes[i].local_grads):
            p.grad += nodes[i].grad * local


def a09_wrong(nodes):
    """wrong: the node's gradient is forgotten, only local gradients are added"""
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for p, local in zip(node.parents, node.local_grads):
            p.grad += local


def a11_wrong(nodes):
    """wrong: a parent used twice is found by index() and gets the first local gradient both times"""
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for p in node.parents:
            k = node.parents.index(p)
            p.grad += node.grad * node.local_grads[k]


def a13_wrong(nodes):
    """wrong: the gradients are returned in a list, the nodes keep their 0"""
    grads = [0.0] * len(nodes)
    grads[-1] = 1.0
    place = {id(node): i for i, node in enumerate(nodes)}
    for i in range(len(nodes) - 1, -1, -1):
        for p, local in zip(nodes[i].parents, nodes[i].local_grads):
            grads[place[id(p)]] += grads[i] * local
    return grads


def a15_wrong(nodes):
    """wrong, two mistakes: assigned instead of accumulated, and the local gradients in the wrong order"""
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for p, local in zip(node.parents, reversed(node.local_grads)):
            p.grad = node.grad * local


def a17_wrong(nodes):
    """wrong, two mistakes: the sign is turned round, and contributions are averaged over the node's parents"""
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for p, local in zip(node.parents, node.local_grads):
            p.grad -= node.grad * local / len(node.parents)


def a19_wrong(nodes):
    """wrong, raises: micrograd's attribute names are used (_prev, _backward)"""
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        node._backward()


def a21_right(nodes):
    """right: all paths, a stack of (node, product so far): exponential, but right"""
    stack = [(nodes[-1], 1.0)]
    while stack:
        node, product = stack.pop()
        node.grad += product
        stack += [(p, product * local) for p, local in zip(node.parents, node.local_grads)]


def a22_right(nodes):
    """right: each node asks its users, sums over a table of local gradients"""
    n, place = len(nodes), {id(v): i for i, v in enumerate(nodes)}
    D = np.zeros((n, n))
    for u, node in enumerate(nodes):
        for p, local in zip(node.parents, node.local_grads):
            D[u, place[id(p)]] += local
    g = np.zeros(n)
    g[-1] = 1.0
    for i in range(n - 2, -1, -1):
        g[i] = g @ D[:, i]
    for node, value in zip(nodes, g):
        node.grad = value


def a23_right(nodes):
    """right: a linear system (I - D^T) g = e is solved"""
    n, place = len(nodes), {id(v): i for i, v in enumerate(nodes)}
    A = np.eye(n)
    for u, node in enumerate(nodes):
        for p, local in zip(node.parents, node.local_grads):
            A[place[id(p)], u] -= local
    for node, value in zip(nodes, np.linalg.solve(A, np.eye(n)[-1])):
        node.grad = float(value)


def p01_wrong(nodes):
    """wrong: the recursion without a topological order (a proposal for micrograd): shared inner nodes are passed on too often"""

    def back(node):
        for p, local in zip(node.parents, node.local_grads):
            p.grad += node.grad * local
            back(p)

    nodes[-1].grad = 1.0
    back(nodes[-1])


def p03_wrong(nodes):
    """wrong: depth first with a visited set in pre-order: a node reports before all its users have"""
    seen = set()

    def visit(node):
        if id(node) in seen:
            return
        seen.add(id(node))
        for p, local in zip(node.parents, node.local_grads):
            p.grad += node.grad * local
        for p in node.parents:
            visit(p)

    nodes[-1].grad = 1.0
    visit(nodes[-1])


def p05_wrong(nodes):
    """wrong: as micrograd is often typed in at first: = instead of += in every _backward"""
    topo, seen = [], set()

    def build(v):
        if id(v) not in seen:
            seen.add(id(v))
            for child in v.parents:
                build(child)
            topo.append(v)

    build(nodes[-1])
    nodes[-1].grad = 1
    for v in reversed(topo):
        for child, local in zip(v.parents, v.local_grads):
            child.grad = local * v.grad


def p07_right(nodes):
    """right: micrograd: topological order by depth first search, then reversed"""
    topo, visited = [], set()

    def build_topo(v):
        if v not in visited:
            visited.add(v)
            for child in v.parents:
                build_topo(child)
            topo.append(v)

    build_topo(nodes[-1])
    nodes[-1].grad = 1
    for v in reversed(topo):
        for child, local in zip(v.parents, v.local_grads):
            child.grad += local * v.grad


def p08_right(nodes):
    """right: gradients set to 0 first, then backwards through the list"""
    for node in nodes:
        node.grad = 0.0
    nodes[-1].grad = 1.0
    for node in nodes[::-1]:
        for parent, d in zip(node.parents, node.local_grads):
            parent.grad = parent.grad + node.grad * d


def p09_right(nodes):
    """right: the number of users is counted, a node is released when all have reported"""
    users = {}
    for node in nodes:
        for p in node.parents:
            users[id(p)] = users.get(id(p), 0) + 1
    ready = [n for n in nodes if id(n) not in users]
    nodes[-1].grad = 1.0
    while ready:
        node = ready.pop()
        for p, d in zip(node.parents, node.local_grads):
            p.grad += node.grad * d
            users[id(p)] -= 1
            if users[id(p)] == 0:
                ready.append(p)
