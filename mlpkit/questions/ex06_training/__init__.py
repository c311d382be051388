"""Set 06: random weights of the right size, one step, minibatches, and a network that learns XOR."""

from mlpkit.exercises.records import set_of_questions

SET = set_of_questions(__name__, "Training", ["he_init", "sgd_step", "minibatches", "train_xor"])
