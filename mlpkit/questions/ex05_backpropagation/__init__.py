"""Set 05: the backward pass of a layer, of a network and of a graph, and differences to check them."""

from mlpkit.exercises.records import set_of_questions

SET = set_of_questions(
    __name__,
    "Backpropagation",
    ["dense_backward", "mlp_backward", "numeric_gradient", "graph_backward"],
)
