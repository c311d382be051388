"""Set 02: from logits to probabilities, losses that survive ±1000, and their gradients."""

from mlpkit.exercises.records import set_of_questions

SET = set_of_questions(
    __name__,
    "Output units and losses",
    [
        "softmax",
        "log_softmax",
        "cross_entropy",
        "softmax_cross_entropy_grad",
        "softmax_vjp",
        "bce_from_logits",
        "gaussian_nll",
    ],
)
