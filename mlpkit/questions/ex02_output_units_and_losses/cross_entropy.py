"""J = −mean log softmax(z)_y, from logits and integer labels."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.records import Misconception, Probe, Question
from mlpkit.questions.ex02_output_units_and_losses import cross_entropy_mistakes as wrong
from mlpkit.questions.ex02_output_units_and_losses.common import (
    EXACT,
    EXTREME,
    HUGE,
    deep,
    labels,
    level,
    spread,
)
from mlpkit.questions.ex02_output_units_and_losses.log_softmax import log_softmax


def cross_entropy(Z, y):
    """J = −log softmax(z)_y, the mean over the batch; from logits, exact also at ±1000.

    Z (N, K) logits, one example per row; y (N,) integer labels 0 … K − 1 -> a number
    """
    L = log_softmax(Z)
    return -np.mean(L[np.arange(len(y)), y])


def cross_entropy_in_loops(Z, y):
    """One example after the other."""
    total = 0.0
    for z, label in zip(Z, y, strict=True):
        top = max(z)
        total += top + np.log(sum(np.exp(value - top) for value in z)) - z[label]
    return total / len(Z)


def cross_entropy_with_one_hot(Z, y):
    """The slide's sum over the classes."""
    Y = np.eye(Z.shape[1])[y]
    D = Z - Z.max(axis=1, keepdims=True)
    L = D - np.log(np.exp(D).sum(axis=1, keepdims=True))
    return float(-(Y * L).sum() / Z.shape[0])


def cross_entropy_as_two_means(Z, y):
    """mean logsumexp − mean of the labels' logits."""
    right = np.take_along_axis(Z, y[:, None], axis=1)
    return np.logaddexp.reduce(Z, axis=1).mean() - right.mean()


def cross_entropy_of_differences(Z, y):
    """log Σⱼ e^(zⱼ − z_y)."""
    differences = Z - np.array([[z[k]] for z, k in zip(Z, y, strict=True)])
    return np.average(np.logaddexp.reduce(differences, axis=-1))


def _examples(n, k, names):
    return lambda r: (r.normal(size=(n, k)) * 2, labels(*names)(r))


def _certain(r):
    """One example whose label has the large logit, and one whose label has not."""
    Z, y, order = np.diag([1000.0, 998.0, 1002.0])[1:], np.array([1, 0]), r.permutation(2)
    return Z[order], y[order]


PROBES = (
    Probe("wide", _examples(5, 3, (0, 1, 2, 2, 1)), "Z is (5, 3)"),
    Probe("square", _examples(4, 4, (0, 1, 3, 3)), "Z is (4, 4)"),
    Probe("one", _examples(1, 4, (2,)), "Z is (1, 4)"),
    Probe("absent", _examples(3, 5, (0, 1, 3)), "Z is (3, 5), and no example has the last label"),
    Probe("level", lambda r: (level(r), labels(0, 2, 3)(r)), "whole rows near 1000, −1000 and 0"),
    Probe("spread", lambda r: (spread(r), labels(0, 1, 3)(r)), "1000, −1000 and 0 in one row"),
    Probe("deep", lambda r: (deep(r), labels(2, 0)(r)), "all logits near −1000"),
    Probe("certain", _certain, "one logit near 1000 in a row"),
)
ORDINARY = ("wide", "square", "one", "absent")

QUESTION = Question(
    cross_entropy,
    "J",
    PROBES,
    properties=(
        shape(1, advice="The mean over the batch is a single number."),
        values(
            3, EXACT, on=ORDINARY, advice="Two rows, two classes: compute both terms and their mean by hand."
        ),
        values(
            2,
            EXACT,
            on=(*EXTREME, "certain"),
            name=HUGE,
            advice="A certain mistake costs about 1000, not infinity. Can you do without a probability in between?",
        ),
        unchanged(1),
    ),
    right=(
        cross_entropy_in_loops,
        cross_entropy_with_one_hot,
        cross_entropy_as_two_means,
        cross_entropy_of_differences,
    ),
    misconceptions=(
        Misconception(
            wrong.zero_times_infinity,
            "0 is multiplied with an infinite logarithm",
            "The one-hot zeros should delete the other classes. What is 0 times minus infinity for NumPy?",
        ),
        Misconception(
            wrong.logarithm_of_softmax,
            "you take the logarithm of a probability that was rounded to 0",
            "The logarithm of a softmax is a difference. Does your function ever need the softmax itself?",
        ),
        Misconception(
            wrong.softmax_overflows,
            "the exponential overflows inside the softmax",
            "e to the 1000 is too large, and then its logarithm is asked for. What may be subtracted from all logits of a row?",
        ),
        Misconception(
            wrong.sum_overflows,
            "the sum of exponentials overflows",
            "The difference is the right idea. What happens to the sum when one logit is 1000?",
        ),
        Misconception(
            wrong.logarithm_kept_above_zero,
            "a small number is added inside the logarithm",
            "Your largest possible loss is about 28. How much should a mistake cost with a gap of 2000 between the logits?",
        ),
        Misconception(
            wrong.probability_clipped,
            "the probability is clipped",
            "A clipped loss is flat: what would its gradient tell the most wrong examples?",
        ),
        Misconception(
            wrong.probability_clipped_early,
            "the probability is clipped at 10⁻⁷",
            "Your loss never exceeds 16, however wrong the network is. From which quantity can it be computed without clipping?",
        ),
        Misconception(
            wrong.one_shift_for_all,
            "one shift is used for all rows",
            "Which logits decide what one example costs? Only they should decide about its shift.",
        ),
        Misconception(
            wrong.shift_not_given_back,
            "the shift is made in the sum alone",
            "A shift cancels when both terms have it. Which of yours does?",
        ),
        Misconception(
            wrong.sum_over_the_batch,
            "the losses are added up",
            "Write the same batch twice below itself: should the loss double?",
        ),
        Misconception(
            wrong.mean_over_all_entries,
            "you divide by N and by K",
            "Each example has one loss. How many losses do you average, and how many zeros with them?",
        ),
        Misconception(
            wrong.divided_by_the_classes,
            "you divide by the number of classes",
            "The mean runs over the examples. How many are there?",
        ),
        Misconception(
            wrong.minus_forgotten,
            "the minus sign is missing",
            "A loss should be smaller the better the network is. What is the sign of the logarithm of a probability?",
        ),
        Misconception(
            wrong.one_value_for_each_example,
            "you return one loss for each example",
            "The last step is missing: what makes one number of N?",
        ),
        Misconception(
            wrong.columns_instead_of_entries,
            "whole columns are picked instead of entries",
            "For N labels you need N numbers. How many does your index take out of the array?",
        ),
        Misconception(
            wrong.rows_instead_of_entries,
            "the labels choose rows",
            "A label is the number of a class. Along which axis do the classes lie?",
        ),
        Misconception(
            wrong.logarithm_forgotten,
            "the logarithm is missing",
            "What does your loss say to a network that gives the label probability 1? It should be 0.",
        ),
        Misconception(
            wrong.logarithm_after_the_mean,
            "the mean is taken before the logarithm",
            "Each example has its own loss. Is the logarithm of a mean the mean of the logarithms?",
        ),
        Misconception(
            wrong.logits_taken_for_logarithms,
            "logits are taken for log-probabilities",
            "The other classes' logits play no part in your answer. Should they?",
        ),
        Misconception(
            wrong.logits_taken_for_probabilities,
            "logits are taken for probabilities",
            "Logits can be negative. What turns them into probabilities?",
        ),
        Misconception(
            wrong.probabilities_taken_for_logits,
            "softmax is applied twice",
            "One function makes probabilities, the next one expects logits. What did you hand over?",
        ),
        Misconception(
            wrong.logarithms_taken_for_probabilities,
            "the logarithm is taken twice",
            "Log-softmax already contains the logarithm. What is left to do?",
        ),
        Misconception(
            wrong.labels_counted_from_one,
            "the labels are counted from 1",
            "Which label does the first class have?",
        ),
        Misconception(
            wrong.label_ignored,
            "the sum runs over all classes without the label",
            "In the slide's sum, y is 1 for one class and 0 for the others. Which term survives?",
        ),
        Misconception(
            wrong.mean_over_the_classes,
            "you average over all classes",
            "Change a label: your answer stays. Should it?",
        ),
        Misconception(
            wrong.label_times_logarithm,
            "the label is used as a number to multiply with",
            "Label 2 is a name and not twice label 1. What does it point to?",
        ),
        Misconception(
            wrong.entropy_of_the_softmax,
            "the softmax takes the label's place",
            "Cross-entropy compares two distributions. Which is the second, beside the network's?",
        ),
        Misconception(
            wrong.largest_instead_of_label,
            "the most probable class takes the label's place",
            "A network that is sure and wrong costs nothing in your function. Which class should be asked about?",
        ),
        Misconception(
            wrong.others_added,
            "the binary formula is used for each class",
            "The two-term form belongs to one sigmoid. How many terms does the slide's sum have for a one-hot y?",
        ),
        Misconception(
            wrong.softmax_over_the_examples,
            "the softmax runs over the examples",
            "Along which axis do the probabilities of one example add up to 1?",
        ),
        Misconception(
            wrong.softmax_over_everything,
            "the softmax runs over the whole array",
            "Add another row to the batch: the other examples' losses should stay. Do they?",
        ),
        Misconception(
            wrong.squared_error,
            "you return the squared error",
            "Which loss belongs to which output unit? The slide has two.",
        ),
        Misconception(
            wrong.one_minus_the_probability,
            "you return what is missing to probability 1",
            "Your loss never exceeds 1. How large may the minus logarithm of a probability become?",
        ),
        Misconception(
            wrong.logarithm_of_the_others,
            "the logarithm is taken of the other classes' probability",
            "A good network should have a small loss. Is yours small when the label's probability is near 1?",
        ),
        Misconception(
            wrong.share_of_mistakes,
            "you count the mistakes",
            "A count does not change when a weight moves a little. A loss should. What measures how sure the network was?",
        ),
        Misconception(
            wrong.sigmoid_of_the_label,
            "a sigmoid is used instead of the softmax",
            "The other logits play no part in your answer. With a softmax they do: where?",
        ),
        Misconception(
            wrong.base_two,
            "the logarithm has base 2",
            "Two equal logits cost log 2 = 0.693. What do you get?",
        ),
        Misconception(
            wrong.base_ten,
            "the logarithm has base 10",
            "Which logarithm belongs to the exponentials in the softmax?",
        ),
        Misconception(
            wrong.first_example_alone,
            "only the first example counts",
            "How many examples does the batch have, and how many take part in your answer?",
        ),
        Misconception(
            wrong.median_over_the_batch,
            "you return the median",
            "The middle of the losses ignores the worst example. What does the docstring ask for?",
        ),
        Misconception(
            wrong.half_of_it,
            "there is a factor ½",
            "The ½ belongs to another loss, where it cancels a 2 of the derivative. Which?",
        ),
        Misconception(
            wrong.as_many_classes_as_labels_seen,
            "the one-hot rows have as many columns as labels occur",
            "A batch need not contain the last class. Which argument knows the number of classes?",
        ),
        Misconception(
            wrong.sum_as_printed_on_the_slide,
            "the sum runs over an index that does not occur in it",
            "With the slide's misprint every example costs the logarithm of K. Which letter should run in the sum?",
        ),
        Misconception(
            wrong.logits_overwritten,
            "your function overwrites Z",
            "Compute the loss twice and compare Z before and after.",
        ),
    ),
)
