"""Wrong cross-entropies."""

import numpy as np

from mlpkit.exercises.mistakes import between, mistake
from mlpkit.questions.ex02_output_units_and_losses.common import (
    ANY,
    exps,
    log_probabilities,
    one_hot,
    picked,
    probabilities,
)


@mistake(
    "0 is multiplied with an infinite logarithm",
    "The one-hot zeros should delete the other classes. What is 0 times minus infinity for NumPy?",
)
def zero_times_infinity(Z, y):
    return -(one_hot(Z, y) * np.log(probabilities(Z))).sum() / len(y)


@mistake(
    "you take the logarithm of a probability that was rounded to 0",
    "The logarithm of a softmax is a difference. Does your function ever need the softmax itself?",
)
def logarithm_of_softmax(Z, y):
    return -np.log(picked(probabilities(Z), y)).mean()


@mistake(
    "the exponential overflows inside the softmax",
    "e to the 1000 is too large, and then its logarithm is asked for. What may be subtracted from all logits of a row?",
)
def softmax_overflows(Z, y):
    S = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    return -np.log(picked(S, y)).mean()


@mistake(
    "the sum of exponentials overflows",
    "The difference is the right idea. What happens to the sum when one logit is 1000?",
)
def sum_overflows(Z, y):
    return (np.log(np.exp(Z).sum(axis=1)) - picked(Z, y)).mean()


@mistake(
    "{eps:g} keeps the probability away from 0",
    "Your loss has an upper bound, however wrong the network is. From which quantity can it be computed without one?",
    eps=ANY,
)
def probability_kept_above(Z, y, eps=1e-15):
    return -np.log(np.maximum(picked(probabilities(Z), y), eps)).mean()


@mistake(
    "{eps:g} is added inside the logarithm",
    "That bounds your loss. How much should a mistake cost with a gap of 2000 between the logits?",
    eps=ANY,
)
def logarithm_kept_above_zero(Z, y, eps=1e-12):
    return -np.log(picked(probabilities(Z), y) + eps).mean()


@mistake(
    "the probability is clipped to {eps:g} … 1 − {eps:g}",
    "A clipped loss is flat: what would its gradient tell the most wrong examples?",
    eps=ANY,
)
def probability_clipped(Z, y, eps=1e-7):
    return -np.log(np.clip(picked(probabilities(Z), y), eps, 1 - eps)).mean()


@mistake(
    "infinite logarithms are replaced afterwards",
    "A replaced infinity is still a lost number. Which step loses it, and can you do without that step?",
)
def infinities_replaced(Z, y):
    return -np.nan_to_num(np.log(picked(probabilities(Z), y))).sum() / len(y)


@mistake(
    "one shift is used for all rows",
    "Which logits decide what one example costs? Only they should decide about its shift.",
)
def one_shift_for_all(Z, y):
    D = Z - Z.max()
    return (np.log(np.exp(D).sum(axis=1)) - picked(D, y)).mean()


@mistake(
    "the shift is made in the sum alone", "A shift cancels when both terms have it. Which of yours does?"
)
def shift_not_given_back(Z, y):
    return (np.log(exps(Z).sum(axis=1)) - picked(Z, y)).mean()


@mistake("you divide by the number of classes", "The mean runs over the examples. How many are there?")
def divided_by_the_classes(Z, y):
    return -picked(log_probabilities(Z), y).sum() / Z.shape[1]


@mistake(
    "whole columns are picked instead of entries",
    "For N labels you need N numbers. How many does your index take out of the array?",
)
def columns_instead_of_entries(Z, y):
    return -log_probabilities(Z)[:, y].mean()


@mistake("the labels choose rows", "A label is the number of a class. Along which axis do the classes lie?")
def rows_instead_of_entries(Z, y):
    return -log_probabilities(Z)[y].mean()


@mistake(
    "the logarithm is missing",
    "What does your loss say to a network that gives the label probability 1? It should be 0.",
)
def logarithm_forgotten(Z, y):
    return -picked(probabilities(Z), y).mean()


@mistake(
    "the mean is taken before the logarithm",
    "Each example has its own loss. Is the logarithm of a mean the mean of the logarithms?",
)
def logarithm_after_the_mean(Z, y):
    return -np.log(picked(probabilities(Z), y).mean())


@mistake(
    "logits are taken for log-probabilities",
    "The other classes' logits play no part in your answer. Should they?",
)
def logits_taken_for_logarithms(Z, y):
    return -picked(Z, y).mean()


@mistake("logits are taken for probabilities", "Logits can be negative. What turns them into probabilities?")
def logits_taken_for_probabilities(Z, y):
    return -np.log(picked(Z, y)).mean()


@mistake(
    "Z is taken for probabilities, and clipped to {eps:g} … 1 − {eps:g}",
    "Logits may be negative, and larger than 1. Which function makes probabilities of a row?",
    eps=ANY,
)
def logits_clipped_to_probabilities(Z, y, eps=1e-12):
    return -np.log(np.clip(picked(Z, y), eps, 1 - eps)).mean()


@mistake("the logarithm is taken twice", "Log-softmax already contains the logarithm. What is left to do?")
def logarithms_taken_for_probabilities(Z, y):
    return -np.log(-picked(log_probabilities(Z), y)).mean()


@mistake(
    "your function expects y as one-hot rows",
    "Here y has one axis: N labels. Which entry of its row does each of them name?",
)
def one_hot_product_expected(Z, y):
    return -(y * log_probabilities(Z)).sum() / len(Z)


@mistake(
    "your function expects y as one-hot rows, and looks for the largest entry of each",
    "Here y holds the labels already: N whole numbers. What is left to look for?",
)
def one_hot_rows_expected(Z, y):
    return -picked(log_probabilities(Z), y.argmax(axis=1)).mean()


@mistake(
    "your function expects one example per column",
    "The docstring says where an example lies: in a row or in a column? Then axes and N follow.",
)
def one_example_per_column(Z, y):
    return -log_probabilities(Z.T).T[y, np.arange(Z.shape[1])].mean()


@mistake(
    "the sum runs over all classes without the label",
    "In the slide's sum, y is 1 for one class and 0 for the others. Which term survives?",
)
def label_ignored(Z, y):
    return -log_probabilities(Z).sum(axis=1).mean()


@mistake(
    "the label is used as a number to multiply with",
    "Label 2 is a name and not twice label 1. What does it point to?",
)
def label_times_logarithm(Z, y):
    return -(y * log_probabilities(Z)[:, 0]).mean()


@mistake(
    "the softmax takes the label's place",
    "Cross-entropy compares two distributions. Which is the second, beside the network's?",
)
def entropy_of_the_softmax(Z, y):
    return -(probabilities(Z) * log_probabilities(Z)).sum(axis=1).mean()


@mistake(
    "the most probable class takes the label's place",
    "A network that is sure and wrong costs nothing in your function. Which class should be asked about?",
)
def largest_instead_of_label(Z, y):
    return -log_probabilities(Z).max(axis=1).mean()


@mistake(
    "the binary formula is used for each class",
    "The two-term form belongs to one sigmoid. How many terms does the slide's sum have for a one-hot y?",
    eps=between(1e-300, 1e-4),
)
def others_added(Z, y, eps=1e-9):
    S, Y = np.clip(probabilities(Z), eps, 1 - eps), one_hot(Z, y)
    return -(Y * np.log(S) + (1 - Y) * np.log(1 - S)).sum(axis=1).mean()


@mistake(
    "the softmax runs over the examples", "Along which axis do the probabilities of one example add up to 1?"
)
def softmax_over_the_examples(Z, y):
    return -picked(log_probabilities(Z.T).T, y).mean()


@mistake(
    "the softmax runs over the whole array",
    "Add another row to the batch: the other examples' losses should stay. Do they?",
)
def softmax_over_everything(Z, y):
    D = Z - Z.max()
    return -picked(D - np.log(np.exp(D).sum()), y).mean()


@mistake("you return the squared error", "Which loss belongs to which output unit? The slide has two.")
def squared_error(Z, y):
    return ((probabilities(Z) - one_hot(Z, y)) ** 2).sum(axis=1).mean()


@mistake(
    "the logarithm is taken of the other classes' probability",
    "A good network should have a small loss. Is yours small when the label's probability is near 1?",
)
def logarithm_of_the_others(Z, y):
    return -np.log(1 - picked(probabilities(Z), y)).mean()


@mistake(
    "you count the mistakes",
    "A count does not change when a weight moves a little. A loss should. What measures how sure the network was?",
)
def share_of_mistakes(Z, y):
    return (Z.argmax(axis=1) != y).mean()


@mistake(
    "a sigmoid is used instead of the softmax",
    "The other logits play no part in your answer. With a softmax they do: where?",
)
def sigmoid_of_the_label(Z, y):
    return np.logaddexp(0, -picked(Z, y)).mean()


@mistake(
    "only the first example counts",
    "How many examples does the batch have, and how many take part in your answer?",
)
def first_example_alone(Z, y):
    return -log_probabilities(Z)[0, y[0]]


@mistake(
    "you return the median",
    "The middle of the losses ignores the worst example. What does the docstring ask for?",
)
def median_over_the_batch(Z, y):
    return -np.median(picked(log_probabilities(Z), y))


@mistake(
    "the one-hot rows have as many columns as labels occur",
    "A batch need not contain the last class. Which argument knows the number of classes?",
)
def as_many_classes_as_labels_seen(Z, y):
    return -(np.eye(y.max() + 1)[y] * log_probabilities(Z)).sum() / len(y)


@mistake(
    "the sum runs over an index that does not occur in it",
    "With the slide's misprint every example costs the logarithm of K. Which letter should run in the sum?",
)
def sum_as_printed_on_the_slide(Z, y):
    return -picked(Z - np.log(Z.shape[1] * np.exp(Z)), y).mean()
