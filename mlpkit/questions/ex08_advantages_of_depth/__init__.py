"""Set 08: the tent folded k times, as a function and as a network; pieces counted; what one layer would need."""

from mlpkit.exercises.records import set_of_questions

SET = set_of_questions(
    __name__,
    "Advantages of depth",
    ["sawtooth", "sawtooth_network", "count_linear_pieces", "shallow_units_needed"],
)
