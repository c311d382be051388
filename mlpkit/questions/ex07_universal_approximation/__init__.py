"""Set 07: a bump, the edges of many, a network of them, a gate for towers, and what a small error costs."""

from mlpkit.exercises.records import set_of_questions

SET = set_of_questions(
    __name__,
    "Universal approximation",
    ["bump", "bump_edges", "bump_network", "tower_gate", "units_for_error"],
)
