"""Set 03: the sigmoid that never overflows, three derivatives, GELU, and two steps of a backward pass."""

from mlpkit.exercises.records import set_of_questions

SET = set_of_questions(
    __name__,
    "Activation functions",
    ["sigmoid", "swish_derivative", "elu_derivative", "gelu", "relu_backward", "sigmoid_backward"],
)
