"""J = −log σ((2y − 1)z), from logits."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.records import Misconception, Probe, Question
from mlpkit.questions.ex02_output_units_and_losses import bce_from_logits_mistakes as wrong
from mlpkit.questions.ex02_output_units_and_losses.common import EXACT, HUGE


def bce_from_logits(z, y):
    """J = −log σ((2y − 1)z), the mean over the batch; from logits, exact also at ±1000.

    z (N,) logits of one sigmoid unit, y (N,) labels in {0, 1} -> a number
    """
    return np.mean(np.logaddexp(0, (1 - 2 * y) * z))


def bce_in_loops(z, y):
    """One example after the other; the exponent is never positive."""
    total = 0.0
    for logit, label in zip(z, y, strict=True):
        margin = logit if label == 1 else -logit
        total += max(-margin, 0) + np.log(1 + np.exp(-abs(margin)))
    return total / len(z)


def bce_in_three_terms(z, y):
    """max(z, 0) − zy + log1p(e^−|z|)."""
    return float((np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))).sum() / z.size)


def bce_as_two_logarithms(z, y):
    """y softplus(−z) + (1 − y) softplus(z)."""
    return np.average(y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z))


def bce_as_a_softmax(z, y):
    """Two classes with logits 0 and z."""
    Z = np.stack([np.zeros(len(z)), z], axis=1)
    D = Z - Z.max(axis=1, keepdims=True)
    L = D - np.log(np.exp(D).sum(axis=1, keepdims=True))
    return -np.where(y == 1, L[:, 1], L[:, 0]).mean()


def bce_by_cases(z, y):
    """np.where computes both cases; the overflow in the one that is not used does no harm."""
    m = (2 * y - 1) * z
    return np.where(m > 0, np.log1p(np.exp(-m)), -m + np.log1p(np.exp(m))).mean()


def _batch(y, low=0.4, high=3.0, kind: type = int):
    """Logits of both signs for both labels, in a random order."""

    def arguments(r):
        labels = np.array(y, dtype=kind)
        signs = np.where(np.arange(len(y)) % 2, -1.0, 1.0)
        order = r.permutation(len(y))
        return (signs * r.uniform(low, high, len(y)))[order], labels[order]

    return arguments


PROBES = (
    Probe("mixed", _batch((1, 1, 0, 0, 1, 1, 0)), "seven examples"),
    Probe("ones", _batch((1, 1, 1)), "three examples, all y = 1"),
    Probe("zeros", _batch((0, 0, 0, 0)), "four examples, all y = 0"),
    Probe("one", _batch((1,)), "one example, y = 1"),
    Probe("numbers", _batch((0.0, 0.0, 1.0, 1.0, 0.0), kind=float), "y as float64"),
    Probe("sure", _batch((1, 1, 0, 0), 39.0, 45.0), "logits near ±40"),
    Probe("huge", _batch((1, 1, 0, 0, 1, 1), 900.0, 1100.0), "logits near ±1000"),
    Probe("right", lambda r: (r.uniform(900, 1100, 2) * (1, -1), np.array([1, 0])), "±1000, both right"),
)

QUESTION = Question(
    bce_from_logits,
    "J",
    PROBES,
    properties=(
        shape(1, advice="The mean over the batch is a single number."),
        values(
            3,
            EXACT,
            on=("mixed", "ones", "zeros", "one", "numbers"),
            advice="One example with y = 1, one with y = 0: what is (2y − 1)z for each?",
        ),
        values(
            2,
            EXACT,
            on=("sure", "huge", "right"),
            name=HUGE,
            advice="A certain mistake with a logit of 1000 costs 1000. Do you compute a probability in between, or an exponential that is too large?",
        ),
        unchanged(1),
    ),
    right=(bce_in_loops, bce_in_three_terms, bce_as_two_logarithms, bce_as_a_softmax, bce_by_cases),
    misconceptions=(
        Misconception(
            wrong.two_logarithms_of_probabilities,
            "you go through the probability and take its logarithm",
            "Far out σ(z) is rounded to 0 or 1. Can both logarithms be written with z itself?",
        ),
        Misconception(
            wrong.logarithm_of_sigmoid,
            "an exponential overflows far on the wrong side",
            "The formula is right on paper, but e to the 1000 is infinite. For a large argument softplus is nearly its argument: how do you write it so that no exponent is positive?",
        ),
        Misconception(
            wrong.probability_clipped,
            "the probability is clipped at 10⁻⁷",
            "Your loss never exceeds 16, and is flat there. What would a network learn from its worst mistakes?",
        ),
        Misconception(
            wrong.probability_clipped_late,
            "the probability is clipped at 10⁻¹⁵",
            "Your loss never exceeds about 35. What does a logit of 1000 on the wrong side cost?",
        ),
        Misconception(
            wrong.small_number_added,
            "a small number is added inside the logarithms",
            "The small number is a bound for the loss: which? Is there a form that needs none?",
        ),
        Misconception(
            wrong.logits_clipped,
            "the logits are clipped",
            "Two mistakes, one twice as sure as the other: do they cost the same?",
        ),
        Misconception(
            wrong.infinities_replaced,
            "infinities are replaced afterwards",
            "Hiding an infinity does not make the answer right. Where does it come from?",
        ),
        Misconception(
            wrong.labels_taken_for_plus_minus_one,
            "the formula for labels ±1 is used for labels 0 and 1",
            "With y = 0 your loss does not depend on z any more. What turns 0 and 1 into −1 and +1?",
        ),
        Misconception(
            wrong.labels_exchanged,
            "the labels are exchanged",
            "For y = 1, should a large positive z be cheap or dear?",
        ),
        Misconception(
            wrong.first_term_alone,
            "examples with y = 0 cost nothing",
            "Fine print of the lecture: the slide's sum has one term only. What does it say for y = 0?",
        ),
        Misconception(
            wrong.second_term_alone,
            "examples with y = 1 cost nothing",
            "One of the two terms is missing. What punishes a low probability of an event that happened?",
        ),
        Misconception(
            wrong.label_ignored, "the label plays no part", "Exchange 0 and 1 in y: should J stay the same?"
        ),
        Misconception(
            wrong.sum_over_the_batch,
            "the losses are added up",
            "Repeat the batch: should the loss double, or stay?",
        ),
        Misconception(
            wrong.minus_forgotten,
            "the minus sign is missing",
            "What is the sign of the logarithm of a probability? And of a loss?",
        ),
        Misconception(
            wrong.one_value_for_each_example,
            "you return one loss for each example",
            "A batch has one loss. How is it made of the N?",
        ),
        Misconception(
            wrong.divided_by_the_ones,
            "you divide by the number of ones",
            "Over which examples runs the mean?",
        ),
        Misconception(
            wrong.mean_of_two_means,
            "the two classes are averaged separately",
            "Seven examples, four of them with y = 1: does each example weigh the same in your answer?",
        ),
        Misconception(
            wrong.logit_taken_for_probability,
            "the logit is taken for a probability",
            "z may be any number. Which function makes a probability of it?",
        ),
        Misconception(
            wrong.sigmoid_twice,
            "the sigmoid is applied twice",
            "A probability is no logit. How often does σ occur in the formula?",
        ),
        Misconception(
            wrong.logarithm_forgotten,
            "the logarithm is missing",
            "Your loss never exceeds 1. Should a certain mistake be that cheap?",
        ),
        Misconception(
            wrong.kink_without_its_curve,
            "only the two straight lines of the softplus are left",
            "At z = 0 the loss is log 2. What is it in your function?",
        ),
        Misconception(
            wrong.curve_without_its_kink,
            "the straight part of the softplus is missing",
            "Your largest loss is log 2. Which part of the softplus grows without bound?",
        ),
        Misconception(
            wrong.absolute_value_forgotten,
            "the exponent may be positive",
            "The formula with the maximum needs an exponent that is negative for both signs of z. Is yours?",
        ),
        Misconception(
            wrong.exponent_turned,
            "the exponent has the wrong sign",
            "Far from 0 the curved part should vanish. Does yours vanish, or grow?",
        ),
        Misconception(
            wrong.product_added,
            "the product of z and y is added",
            "For y = 1 and a large z the loss should go to 0: which two terms have to cancel?",
        ),
        Misconception(
            wrong.hinge_loss,
            "it is the hinge loss",
            "Your loss is exactly 0 beyond a margin. Is −log σ ever exactly 0?",
        ),
        Misconception(
            wrong.squared_error,
            "it is the squared error",
            "Which loss is the negative log-likelihood of a sigmoid unit?",
        ),
        Misconception(
            wrong.gradient_returned,
            "you return the derivative",
            "σ(z) − y says how the loss changes. How large is it?",
        ),
        Misconception(
            wrong.share_of_mistakes,
            "you count the mistakes",
            "A count does not tell how sure the unit was. What does?",
        ),
        Misconception(
            wrong.base_two, "the logarithm has base 2", "What should z = 0 cost? log 2 = 0.693, not 1."
        ),
        Misconception(wrong.base_ten, "the logarithm has base 10", "Which logarithm undoes the e in σ?"),
        Misconception(
            wrong.logarithm_after_the_mean,
            "the mean is taken before the logarithm",
            "The likelihood of a batch is a product. What does its logarithm become, and what its mean?",
        ),
        Misconception(
            wrong.half_of_it, "there is a factor ½", "Where would a ½ come from? There is no square here."
        ),
        Misconception(
            wrong.first_example_alone,
            "only the first example counts",
            "How many examples has the batch, and how many has your mean?",
        ),
        Misconception(
            wrong.tanh_instead_of_sigmoid,
            "the slope of the sigmoid is wrong by a factor 2",
            "Your exponent is twice too large: tanh and σ differ by just that. Which one is the output unit?",
        ),
        Misconception(
            wrong.labels_overwritten,
            "your function overwrites y",
            "To turn 0 and 1 into −1 and +1 you need an array of your own.",
        ),
        Misconception(
            wrong.logits_overwritten,
            "your function overwrites z",
            "Look at z after the call. In which line does it change?",
        ),
    ),
)
