"""Gᵀ·J with the Jacobian of the softmax: the step of backpropagation through it."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import between, mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.exercises.sandboxed.run import Built
from mlpkit.questions.ex02_output_units_and_losses.common import (
    EXACT,
    EXTREME,
    HUGE,
    ORDINARY,
    deep,
    exps,
    level,
    log_probabilities,
    spread,
    unlikely,
    whole,
)
from mlpkit.questions.ex02_output_units_and_losses.common import probabilities as soft
from mlpkit.questions.ex02_output_units_and_losses.softmax import softmax


def softmax_vjp(Z, G):
    """dJ/dZ from G = dJ/dS, where S is the softmax of Z: row by row the product Gᵀ · ∂s/∂z.

    Z (N, K) logits and G (N, K), one example per row, also integers -> dJ/dZ (N, K). G has its 1/N already.
    """
    S = softmax(Z)
    return S * (G - (S * G).sum(axis=1, keepdims=True))


def vjp_with_jacobians(Z, G):
    """One Jacobian after the other."""
    rows = []
    for s, g in zip(softmax(Z), G, strict=True):
        rows.append(g @ (np.diag(s) - np.outer(s, s)))
    return np.stack(rows)


def vjp_by_einsum(Z, G):
    """All Jacobians at once."""
    E = np.exp(Z - Z.max(axis=1)[:, None])
    S = E / E.sum(axis=1)[:, None]
    J = np.einsum("ni,ij->nij", S, np.eye(S.shape[1])) - np.einsum("ni,nj->nij", S, S)
    return np.einsum("ni,nij->nj", G, J)


def vjp_in_loops(Z, G):
    """The sum over i of Gᵢ sᵢ (δᵢⱼ − sⱼ), number by number."""
    S = softmax(Z)
    n, k = Z.shape
    D = np.zeros((n, k))
    for a in range(n):
        for j in range(k):
            for i in range(k):
                D[a, j] += G[a, i] * S[a, i] * ((1.0 if i == j else 0.0) - S[a, j])
    return D


def vjp_in_place(Z, G):
    """In place on own arrays; the weighted sum by matmul."""
    S = np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))
    D = G - (G[:, None, :] @ S[:, :, None])[:, 0]
    D *= S
    return D


def _upstream(n, k):
    return lambda r: (r.normal(size=(n, k)) * 1.5, r.normal(size=(n, k)) + np.sign(r.normal(size=(n, k))))


def _with_gaps(r):
    return tuple(Built("functions.strided", {"values": A.round(3)}) for A in _upstream(2, 6)(r))


PROBES = (
    Probe("wide", _upstream(5, 3), "Z and G are (5, 3)"),
    Probe("square", _upstream(4, 4), "Z and G are (4, 4)"),
    Probe("one", _upstream(1, 4), "Z and G are (1, 4)"),
    Probe("flat", _with_gaps, "Z and G are (2, 6), with gaps in memory"),
    Probe("whole", lambda r: (whole(r), whole(r)), "integers in Z and G"),
    Probe(
        "unlikely",
        lambda r: (unlikely(r), r.permuted([[2.0, -1.0, 0.5]], axis=1)),
        "one class is very improbable",
    ),
    Probe("level", lambda r: (level(r), r.normal(size=(3, 4))), "whole rows near 1000, −1000 and 0"),
    Probe("spread", lambda r: (spread(r), r.normal(size=(3, 4))), "1000, −1000 and 0 in one row"),
    Probe("deep", lambda r: (deep(r), r.normal(size=(2, 3))), "all logits near −1000"),
)


def _dot(S, G):
    return (S * G).sum(axis=1, keepdims=True)


@mistake(
    "the exponential overflows inside the softmax",
    "The product is right, what it starts from is not. What do you subtract from a row of logits first?",
)
def softmax_overflows(Z, G):
    S = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    return S * (G - _dot(S, G))


@mistake(
    "one shift is used for all rows",
    "A row far below the others becomes 0 divided by 0. Whose largest logit counts for a row?",
)
def one_shift_for_all(Z, G):
    E = np.exp(Z - Z.max())
    S = E / E.sum(axis=1, keepdims=True)
    return S * (G - _dot(S, G))


@mistake(
    "{eps:g} is added below the line of the softmax",
    "Your probabilities add up to a little less than 1. From what is the small number to protect?",
    eps=between(3e-10, 1),
)
def small_number_added(Z, G, eps=1e-8):
    S = exps(Z) / (exps(Z).sum(axis=1, keepdims=True) + eps)
    return S * (G - _dot(S, G))


@mistake(
    "only the diagonal of the Jacobian is used",
    "The sigmoid's derivative looks like this. In a softmax every logit also moves the other classes: where are those entries?",
)
def diagonal_alone(Z, G):
    S = soft(Z)
    return G * S * (1 - S)


@mistake(
    "each class is treated as if the others stood still",
    "The sum below the line depends on every logit, too. Which term does that add?",
)
def diagonal_without_one_minus(Z, G):
    return soft(Z) * G


@mistake(
    "the Jacobian is reduced to its trace",
    "A Jacobian has K times K entries. How many numbers are left in yours?",
)
def diagonal_squared(Z, G):
    S = soft(Z)
    return G * (S - S * S).sum(axis=1, keepdims=True)


@mistake(
    "the diagonal part is missing",
    "The Jacobian has a part that is 0 off the diagonal, and one that is not. Which have you left out?",
)
def outer_product_alone(Z, G):
    S = soft(Z)
    return -S * _dot(S, G)


@mistake(
    "the two parts are added", "If another class's logit grows, does this class's probability grow or shrink?"
)
def outer_product_added(Z, G):
    S = soft(Z)
    return S * (G + _dot(S, G))


@mistake("the diagonal of the Jacobian is missing", "How does a probability react to its own logit?")
def off_diagonal_alone(Z, G):
    S = soft(Z)
    return S * (G - _dot(S, G)) - G * S * (1 - S)


@mistake(
    "the sum over G has no weights",
    "Multiply Gᵀ with the second part of the Jacobian: which factor does each entry of G meet?",
)
def summed_without_weights(Z, G):
    S = soft(Z)
    return S * (G - G.sum(axis=1, keepdims=True))


@mistake(
    "a plain mean of G is subtracted",
    "A mean of G it is, but not a plain one. With which weights, that add up to 1?",
)
def mean_instead_of_weighted_sum(Z, G):
    S = soft(Z)
    return S * (G - G.mean(axis=1, keepdims=True))


@mistake(
    "the products are averaged instead of added",
    "The weights already add up to 1. Is another division needed?",
)
def mean_of_the_products(Z, G):
    S = soft(Z)
    return S * (G - (S * G).mean(axis=1, keepdims=True))


@mistake("the sum runs over the examples", "Does one example's gradient depend on the others in the batch?")
def summed_over_the_examples(Z, G):
    S = soft(Z)
    return S * (G - (S * G).sum(axis=0))


@mistake("the sum runs over the whole array", "Each example has its own Jacobian. How many sums do you need?")
def summed_over_everything(Z, G):
    S = soft(Z)
    return S * (G - (S * G).sum())


@mistake(
    "one factor is missing", "A class with probability 0 cannot react to its logit. Does your answer say so?"
)
def outer_factor_missing(Z, G):
    return G - _dot(soft(Z), G)


@mistake(
    "the weighted sum misses a factor",
    "Each row of the answer should add up to 0, because the probabilities add up to 1. Does it?",
)
def weights_taken_before_the_difference(Z, G):
    S = soft(Z)
    return S * G - _dot(S, G)


@mistake("logits stand where probabilities belong", "The Jacobian is written with s. Have you computed s?")
def logits_taken_for_probabilities(Z, G):
    return Z * (G - _dot(Z, G))


@mistake("the exponentials are not normalised", "What do the weights of a softmax add up to? What do yours?")
def exponentials_taken_for_probabilities(Z, G):
    E = exps(Z)
    return E * (G - _dot(E, G))


@mistake(
    "log-probabilities stand where probabilities belong",
    "The factors of the Jacobian lie between 0 and 1. Do yours?",
)
def logarithms_taken_for_probabilities(Z, G):
    L = log_probabilities(Z)
    return L * (G - _dot(L, G))


@mistake(
    "it is the gradient of the cross-entropy",
    "That plain difference needs a certain loss and a label. Here any G may come from above.",
)
def g_minus_softmax(Z, G):
    return soft(Z) - G


@mistake(
    "it is the product with the Jacobian of log-softmax",
    "Derive the softmax itself, and not its logarithm. Which factor is the difference?",
)
def log_softmax_product(Z, G):
    return G - soft(Z) * G.sum(axis=1, keepdims=True)


@mistake("the softmax runs over the examples", "Along which axis lie the classes that share probability 1?")
def softmax_over_the_examples(Z, G):
    S = soft(Z.T).T
    return S * (G - _dot(S, G))


@mistake("the softmax runs over the whole array", "Which entries of Z share probability 1?")
def softmax_over_everything(Z, G):
    E = np.exp(Z - Z.max())
    S = E / E.sum()
    return S * (G - _dot(S, G))


@mistake("G plays no part", "The chain rule is a product. Which of its two factors have you returned?")
def upstream_gradient_ignored(Z, G):
    S = soft(Z)
    return S * (1 - S)


@mistake(
    "G is added up before it meets the Jacobian",
    "Two classes may pull in different directions. What is left of that after your sum?",
)
def upstream_gradient_summed(Z, G):
    S = soft(Z)
    return S * (1 - S) * G.sum(axis=1, keepdims=True)


@mistake("you return the Jacobians", "One step is missing: the product with G makes a row of each matrix.")
def jacobians_returned(Z, G):
    S = soft(Z)
    return S[:, :, None] * (np.eye(Z.shape[1]) - S[:, None, :])


@mistake("the Jacobians of all examples are added up", "Row i of G meets the Jacobian of which row of Z?")
def jacobian_summed_over_the_batch(Z, G):
    S = soft(Z)
    return G @ np.einsum("ni,nij->ij", S, np.eye(Z.shape[1]) - S[:, None, :])


@mistake(
    "one product of matrices mixes the examples",
    "N outer products are needed, one a row. What does one product of two batches add up?",
)
def outer_product_over_the_batch(Z, G):
    S = soft(Z)
    return G * S - G @ (S.T @ S)


@mistake(
    "a factor is taken twice",
    "Count the factors s in each part of the Jacobian: one in the first, two in the second.",
)
def squared_outer_weight(Z, G):
    S = soft(Z)
    return S * S * (G - _dot(S, G))


@mistake(
    "squares stand where products of two classes belong",
    "Off the diagonal two different classes meet. Which two factors stand there?",
)
def outer_product_with_squares(Z, G):
    S = soft(Z)
    return S * G - S**2 * G.sum(axis=1, keepdims=True)


@mistake("you return the forward pass", "What came forward is s. What goes back?")
def softmax_returned(Z, G):
    return soft(Z)


@mistake("only the first example is returned", "How many rows has G, and how many your answer?")
def first_row_alone(Z, G):
    S = soft(Z)
    return (S * (G - _dot(S, G)))[0]


@mistake(
    "you measure the slope from one side",
    "A measured slope has few digits, and costs N · K forward passes. The formula costs one.",
)
def difference_quotient(Z, G):
    D, h = np.zeros(Z.shape), 1e-6
    for i in np.ndindex(*Z.shape):
        moved = Z.copy()
        moved[i] += h
        D[i] = ((soft(moved) - soft(Z)) * G).sum() / h
    return D


QUESTION = Question(
    softmax_vjp,
    "dJ/dZ",
    PROBES,
    properties=(
        shape(1, advice="Each row of G gives one row of dJ/dZ."),
        values(4, EXACT, on=ORDINARY, advice="Write the Jacobian of three logits on paper: nine entries."),
        values(
            1,
            EXACT,
            on=EXTREME,
            name=HUGE,
            advice="Your softmax has to survive logits of ±1000 first. Does it?",
        ),
        unchanged(1),
    ),
    right=(vjp_with_jacobians, vjp_by_einsum, vjp_in_loops, vjp_in_place),
    misconceptions=mistakes(globals()),
    further=(
        "Two equal logits: the Jacobian is ¼ on the diagonal and −¼ beside it. What should G = (1, 0) become, and what G = (1, 1)?",
        "Each entry is a probability times a difference. What is subtracted from an entry of G is the same number for the whole row, and it knows all entries.",
    ),
)
