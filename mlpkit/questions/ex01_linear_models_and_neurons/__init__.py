"""Set 01: the pre-activation in two notations, a neuron, and the line that it draws."""

from mlpkit.exercises.records import set_of_questions

SET = set_of_questions(
    __name__,
    "Linear models and neurons",
    ["pre_activation", "augmented_pre_activation", "neuron", "decision_boundary"],
)
