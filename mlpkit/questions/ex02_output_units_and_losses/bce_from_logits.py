"""J = −log σ((2y − 1)z), from logits."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex02_output_units_and_losses.common import ANY, EXACT, HUGE


def bce_from_logits(z, y):
    """J = −log σ((2y − 1)z), the mean over the batch; from logits (not probabilities), exact also at ±1000.

    z (N,) logits of one sigmoid unit, y (N,) labels in {0, 1}, integers or floats -> a number
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
    Probe("whole", lambda r: (r.permutation([-3, 1, 2, -2]), np.array([1, 0, 1, 0])), "integer logits"),
    Probe(
        "unlikely",
        lambda r: (np.array([-12.3, 12.3])[(k := r.integers(0, 2)) :][:1], np.array([1 - k])),
        "the label is very improbable",
    ),
    Probe("sure", _batch((1, 1, 0, 0), 39.0, 45.0), "logits near ±40"),
    Probe("huge", _batch((1, 1, 0, 0, 1, 1), 900.0, 1100.0), "logits near ±1000"),
    Probe("right", lambda r: (r.uniform(900, 1100, 2) * (1, -1), np.array([1, 0])), "±1000, both right"),
)


def _sigmoid(z):
    """Without overflow: the mistakes of this file are in the loss."""
    return np.exp(-np.logaddexp(0, -z))


def _softplus(z):
    return np.logaddexp(0, z)


@mistake(
    "you go through the probability and take its logarithm",
    "Far out σ(z) is rounded to 0 or 1. Can both logarithms be written with z itself?",
)
def two_logarithms_of_probabilities(z, y):
    p = 1 / (1 + np.exp(-z))
    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()


@mistake(
    "the label chooses one of two logarithms, and that of a rounded probability is lost",
    "σ(z) is rounded to 0 or 1 far out, so that 1 − σ(z) is 0. Is there a form of both logarithms that needs no probability?",
)
def logarithm_chosen_by_the_label(z, y):
    p = _sigmoid(z)
    return -np.where(y == 1, np.log(p), np.log(1 - p)).mean()


@mistake(
    "an exponential overflows far on the wrong side",
    "The formula is right on paper, but e to the 1000 is infinite. For a large argument softplus is nearly its argument: how do you write it so that no exponent is positive?",
)
def logarithm_of_sigmoid(z, y):
    return -np.log(1 / (1 + np.exp(-(2 * y - 1) * z))).mean()


@mistake(
    "{eps:g} keeps the probability away from 0",
    "Your loss has an upper bound. What does a logit of 1000 on the wrong side cost?",
    eps=ANY,
)
def probability_kept_above(z, y, eps=1e-15):
    p = _sigmoid(z)
    return -(y * np.log(np.maximum(p, eps)) + (1 - y) * np.log(np.maximum(1 - p, eps))).mean()


@mistake(
    "the probability is clipped to {eps:g} … 1 − {eps:g}",
    "Your loss has a bound, and is flat there. What would a network learn from its worst mistakes?",
    eps=ANY,
)
def probability_clipped(z, y, eps=1e-15):
    p = np.clip(_sigmoid(z), eps, 1 - eps)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()


@mistake(
    "{eps:g} is added inside the logarithms",
    "The small number is a bound for the loss: which? Is there a form that needs none?",
    eps=ANY,
)
def small_number_added(z, y, eps=1e-12):
    p = _sigmoid(z)
    return -(y * np.log(p + eps) + (1 - y) * np.log(1 - p + eps)).mean()


@mistake(
    "logits beyond ±{bound:g} are clipped",
    "Two mistakes, one twice as sure as the other: do they cost the same?",
    bound=between(1, 1000),
)
def logits_clipped(z, y, bound=500.0):
    return _softplus((1 - 2 * y) * np.clip(z, -bound, bound)).mean()


@mistake(
    "infinities are replaced afterwards",
    "Hiding an infinity does not make the answer right. Where does it come from?",
)
def infinities_replaced(z, y):
    p = _sigmoid(z)
    return -np.nan_to_num(y * np.log(p) + (1 - y) * np.log(1 - p), neginf=0.0).mean()


@mistake(
    "the formula for labels ±1 is used for labels 0 and 1",
    "With y = 0 your loss does not depend on z any more. What turns 0 and 1 into −1 and +1?",
)
def labels_taken_for_plus_minus_one(z, y):
    return _softplus(-y * z).mean()


@mistake(
    "examples with y = 0 cost nothing",
    "Fine print of the lecture: the slide's sum has one term only. What does it say for y = 0?",
)
def first_term_alone(z, y):
    return (y * _softplus(-z)).mean()


@mistake(
    "examples with y = 1 cost nothing",
    "One of the two terms is missing. What punishes a low probability of an event that happened?",
)
def second_term_alone(z, y):
    return ((1 - y) * _softplus(z)).mean()


@mistake(
    "the term for y = 0 is subtracted",
    "Each example costs something, whichever label it has. Which of your two terms makes the loss smaller?",
)
def second_term_subtracted(z, y):
    return (y * _softplus(-z) - (1 - y) * _softplus(z)).mean()


@mistake("you divide by the number of ones", "Over which examples runs the mean?")
def divided_by_the_ones(z, y):
    return _softplus((1 - 2 * y) * z).sum() / y.sum()


@mistake(
    "the two classes are averaged separately",
    "Seven examples, four of them with y = 1: does each example weigh the same in your answer?",
)
def mean_of_two_means(z, y):
    return sum(_softplus(s * z[y == k]).mean() for k, s in ((0, 1), (1, -1)) if (y == k).any()) / 2


@mistake(
    "the logit is taken for a probability", "z may be any number. Which function makes a probability of it?"
)
def logit_taken_for_probability(z, y):
    return -(y * np.log(z) + (1 - y) * np.log(1 - z)).mean()


@mistake(
    "z is taken for a probability, and clipped to {eps:g} … 1 − {eps:g}",
    "A logit may be negative, and larger than 1. Which function makes a probability of it?",
    eps=ANY,
)
def logit_clipped_to_a_probability(z, y, eps=1e-12):
    p = np.clip(z, eps, 1 - eps)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()


@mistake(
    "label and probability are exchanged in the two terms",
    "The logarithm of a label is infinite or 0. Which of the two stands inside the logarithm?",
)
def label_inside_the_logarithm(z, y):
    p = _sigmoid(z)
    return -(p * np.log(y) + (1 - p) * np.log(1 - y)).mean()


@mistake("the logarithm is missing", "Your loss never exceeds 1. Should a certain mistake be that cheap?")
def logarithm_forgotten(z, y):
    return _sigmoid((1 - 2 * y) * z).mean()


@mistake(
    "only the two straight lines of the softplus are left",
    "At z = 0 the loss is log 2. What is it in your function?",
)
def kink_without_its_curve(z, y):
    return np.maximum((1 - 2 * y) * z, 0).mean()


@mistake(
    "the straight part of the softplus is missing",
    "Your largest loss is log 2. Which part of the softplus grows without bound?",
)
def curve_without_its_kink(z, y):
    return np.log1p(np.exp(-np.abs(z))).mean()


@mistake(
    "the exponent may be positive",
    "The formula with the maximum needs an exponent that is negative for both signs of z. Is yours?",
)
def absolute_value_forgotten(z, y):
    return (np.maximum(z, 0) - z * y + np.log1p(np.exp(-z))).mean()


@mistake(
    "the exponent may be large for a negative z",
    "On paper the two terms are right. For which sign of z is the exponent positive, and what could the formula look like there?",
)
def one_form_for_both_signs(z, y):
    return ((1 - y) * z + np.log1p(np.exp(-z))).mean()


@mistake(
    "the softplus starts at 1 instead of 0",
    "Which number plus the exponential stands inside the logarithm of the softplus, and of what number is it the exponential?",
)
def softplus_of_the_wrong_one(z, y):
    return np.logaddexp(1, (1 - 2 * y) * z).mean()


@mistake(
    "the exponent has the wrong sign", "Far from 0 the curved part should vanish. Does yours vanish, or grow?"
)
def exponent_turned(z, y):
    return (np.maximum(z, 0) - z * y + np.log1p(np.exp(np.abs(z)))).mean()


@mistake(
    "the product of z and y is added",
    "For y = 1 and a large z the loss should go to 0: which two terms have to cancel?",
)
def product_added(z, y):
    return (np.maximum(z, 0) + z * y + np.log1p(np.exp(-np.abs(z)))).mean()


@mistake("it is the hinge loss", "Your loss is exactly 0 beyond a margin. Is −log σ ever exactly 0?")
def hinge_loss(z, y):
    return np.maximum(0, 1 - (2 * y - 1) * z).mean()


@mistake("it is the squared error", "Which loss is the negative log-likelihood of a sigmoid unit?")
def squared_error(z, y):
    return ((_sigmoid(z) - y) ** 2).mean()


@mistake("you return the derivative", "σ(z) − y says how the loss changes. How large is it?")
def gradient_returned(z, y):
    return (_sigmoid(z) - y).mean()


@mistake("you count the mistakes", "A count does not tell how sure the unit was. What does?")
def share_of_mistakes(z, y):
    return ((z > 0) != y).mean()


@mistake(
    "the mean is taken before the logarithm",
    "The likelihood of a batch is a product. What does its logarithm become, and what its mean?",
)
def logarithm_after_the_mean(z, y):
    return -np.log(_sigmoid((2 * y - 1) * z).mean())


@mistake("only the first example counts", "How many examples has the batch, and how many has your mean?")
def first_example_alone(z, y):
    return _softplus((1 - 2 * y[0]) * z[0])


QUESTION = Question(
    bce_from_logits,
    "J",
    PROBES,
    properties=(
        shape(1, advice="The mean over the batch is a single number."),
        values(
            3,
            EXACT,
            on=("mixed", "ones", "zeros", "one", "numbers", "whole", "unlikely"),
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
    misconceptions=mistakes(globals()),
    further=(
        "Take one example at a time: z = 0 costs log 2 = 0.693 with either label; z = 1000 costs 0 with y = 1 and 1000 with y = 0.",
        "Turn the logit by its label first, so that positive means wrong. The rest is one function, the softplus: nearly 0 on one side, nearly its argument on the other. Which form of it has no large exponent?",
    ),
)
