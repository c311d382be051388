"""Wrong ways through a graph."""


def _edges(node):
    return list(zip(node.parents, node.local_grads, strict=True))


def overwritten_at_shared_nodes(nodes):
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for parent, local in _edges(node):
            parent.grad = node.grad * local


def start_forgotten(nodes):
    for node in reversed(nodes):
        for parent, local in _edges(node):
            parent.grad += node.grad * local


def started_with_the_value(nodes):
    nodes[-1].grad = nodes[-1].value
    for node in reversed(nodes):
        for parent, local in _edges(node):
            parent.grad += node.grad * local


def every_node_started_with_one(nodes):
    for node in nodes:
        node.grad = 1.0
    for node in reversed(nodes):
        for parent, local in _edges(node):
            parent.grad += node.grad * local


def forward_order(nodes):
    nodes[-1].grad = 1.0
    for node in nodes:
        for parent, local in _edges(node):
            parent.grad += node.grad * local


def passed_on_too_early(nodes):
    def visit(node):
        for parent, local in _edges(node):
            parent.grad += node.grad * local
            visit(parent)

    nodes[-1].grad = 1.0
    visit(nodes[-1])


def in_order_of_distance(nodes):
    nodes[-1].grad = 1.0
    queue, seen = [nodes[-1]], {id(nodes[-1])}
    while queue:
        node = queue.pop(0)
        for parent, local in _edges(node):
            parent.grad += node.grad * local
            if id(parent) not in seen:
                seen.add(id(parent))
                queue.append(parent)


def local_gradients_alone(nodes):
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for parent, local in _edges(node):
            parent.grad += local


def gradient_passed_on_unchanged(nodes):
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for parent, _ in _edges(node):
            parent.grad += node.grad


def added_along_the_path(nodes):
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for parent, local in _edges(node):
            parent.grad += node.grad + local


def multiplied_at_shared_nodes(nodes):
    for node in nodes:
        node.grad = 1.0
    for node in reversed(nodes):
        for parent, local in _edges(node):
            parent.grad *= node.grad * local


def first_parent_only(nodes):
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for parent, local in _edges(node)[:1]:
            parent.grad += node.grad * local


def one_edge_for_a_node_used_twice(nodes):
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for parent, local in {id(p): (p, g) for p, g in _edges(node)}.values():
            parent.grad += node.grad * local


def values_multiplied_in(nodes):
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for parent, local in _edges(node):
            parent.grad += node.grad * local * node.value


def parents_value_as_slope(nodes):
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for parent, _ in _edges(node):
            parent.grad += node.grad * parent.value


def divided_by_the_slope(nodes):
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for parent, local in _edges(node):
            parent.grad += node.grad / local


def subtracted(nodes):
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for parent, local in _edges(node):
            parent.grad -= node.grad * local


def mean_over_the_users(nodes):
    users = {id(node): 0 for node in nodes}
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for parent, local in _edges(node):
            users[id(parent)] += 1
            parent.grad += (node.grad * local - parent.grad) / users[id(parent)]


def largest_path_only(nodes):
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for parent, local in _edges(node):
            if abs(node.grad * local) > abs(parent.grad):
                parent.grad = node.grad * local


def local_gradients_in_reverse(nodes):
    nodes[-1].grad = 1.0
    for node in reversed(nodes):
        for parent, local in zip(node.parents, node.local_grads[::-1], strict=True):
            parent.grad += node.grad * local


def stopped_before_the_first_nodes(nodes):
    nodes[-1].grad = 1.0
    for node in nodes[:1:-1]:
        for parent, local in _edges(node):
            if parent.parents:
                parent.grad += node.grad * local


def all_passed_on_again(nodes):
    nodes[-1].grad = 1.0
    for _ in range(2):
        for node in reversed(nodes):
            for parent, local in _edges(node):
                parent.grad += node.grad * local


def list_changed(nodes):
    nodes.reverse()
    nodes[0].grad = 1.0
    for node in nodes:
        for parent, local in _edges(node):
            parent.grad += node.grad * local
