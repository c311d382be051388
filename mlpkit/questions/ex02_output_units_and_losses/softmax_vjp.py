"""Gᵀ·J with the Jacobian of the softmax: the step of backpropagation through it."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.records import Misconception, Probe, Question
from mlpkit.questions.ex02_output_units_and_losses import softmax_vjp_mistakes as wrong
from mlpkit.questions.ex02_output_units_and_losses.common import (
    EXACT,
    EXTREME,
    HUGE,
    ORDINARY,
    deep,
    level,
    spread,
)
from mlpkit.questions.ex02_output_units_and_losses.softmax import softmax


def softmax_vjp(Z, G):
    """dJ/dZ from G = dJ/dS, where S is the softmax of Z: row by row the product Gᵀ · ∂s/∂z.

    Z (N, K) logits and G (N, K), one example per row -> dJ/dZ (N, K)
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


PROBES = (
    Probe("wide", _upstream(5, 3), "Z and G are (5, 3)"),
    Probe("square", _upstream(4, 4), "Z and G are (4, 4)"),
    Probe("one", _upstream(1, 4), "Z and G are (1, 4)"),
    Probe("flat", _upstream(2, 6), "Z and G are (2, 6)"),
    Probe("level", lambda r: (level(r), r.normal(size=(3, 4))), "whole rows near 1000, −1000 and 0"),
    Probe("spread", lambda r: (spread(r), r.normal(size=(3, 4))), "1000, −1000 and 0 in one row"),
    Probe("deep", lambda r: (deep(r), r.normal(size=(2, 3))), "all logits near −1000"),
)

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
    misconceptions=(
        Misconception(
            wrong.softmax_overflows,
            "the exponential overflows inside the softmax",
            "The product is right, what it starts from is not. What do you subtract from a row of logits first?",
        ),
        Misconception(
            wrong.one_shift_for_all,
            "one shift is used for all rows",
            "A row far below the others becomes 0 divided by 0. Whose largest logit counts for a row?",
        ),
        Misconception(
            wrong.diagonal_alone,
            "only the diagonal of the Jacobian is used",
            "The sigmoid's derivative looks like this. In a softmax every logit also moves the other classes: where are those entries?",
        ),
        Misconception(
            wrong.diagonal_without_one_minus,
            "each class is treated as if the others stood still",
            "The sum below the line depends on every logit, too. Which term does that add?",
        ),
        Misconception(
            wrong.diagonal_squared,
            "the Jacobian is reduced to its trace",
            "A Jacobian has K times K entries. How many numbers are left in yours?",
        ),
        Misconception(
            wrong.outer_product_alone,
            "the diagonal part is missing",
            "The Jacobian has a part that is 0 off the diagonal, and one that is not. Which have you left out?",
        ),
        Misconception(
            wrong.outer_product_added,
            "the two parts are added",
            "If another class's logit grows, does this class's probability grow or shrink?",
        ),
        Misconception(
            wrong.off_diagonal_alone,
            "the diagonal of the Jacobian is missing",
            "How does a probability react to its own logit?",
        ),
        Misconception(
            wrong.sign_turned,
            "the sign is turned",
            "Does a class become more probable or less when its own logit grows?",
        ),
        Misconception(
            wrong.summed_without_weights,
            "the sum over G has no weights",
            "Multiply Gᵀ with the second part of the Jacobian: which factor does each entry of G meet?",
        ),
        Misconception(
            wrong.mean_instead_of_weighted_sum,
            "a plain mean of G is subtracted",
            "A mean of G it is, but not a plain one. With which weights, that add up to 1?",
        ),
        Misconception(
            wrong.mean_of_the_products,
            "the products are averaged instead of added",
            "The weights already add up to 1. Is another division needed?",
        ),
        Misconception(
            wrong.summed_over_the_examples,
            "the sum runs over the examples",
            "Does one example's gradient depend on the others in the batch?",
        ),
        Misconception(
            wrong.summed_over_everything,
            "the sum runs over the whole array",
            "Each example has its own Jacobian. How many sums do you need?",
        ),
        Misconception(
            wrong.sum_lost_its_axis,
            "the sums do not stand beside their rows",
            "A sum along an axis removes it. Which shape lines N sums up with N rows?",
        ),
        Misconception(
            wrong.outer_factor_missing,
            "one factor is missing",
            "A class with probability 0 cannot react to its logit. Does your answer say so?",
        ),
        Misconception(
            wrong.weights_taken_before_the_difference,
            "the weighted sum misses a factor",
            "Each row of the answer should add up to 0, because the probabilities add up to 1. Does it?",
        ),
        Misconception(
            wrong.softmax_of_g, "Z and G are exchanged", "Which of the two came forward, which came back?"
        ),
        Misconception(
            wrong.logits_taken_for_probabilities,
            "logits stand where probabilities belong",
            "The Jacobian is written with s. Have you computed s?",
        ),
        Misconception(
            wrong.exponentials_taken_for_probabilities,
            "the exponentials are not normalised",
            "What do the weights of a softmax add up to? What do yours?",
        ),
        Misconception(
            wrong.logarithms_taken_for_probabilities,
            "log-probabilities stand where probabilities belong",
            "The factors of the Jacobian lie between 0 and 1. Do yours?",
        ),
        Misconception(
            wrong.softmax_twice,
            "softmax is applied twice",
            "How often does the forward pass apply it?",
        ),
        Misconception(
            wrong.g_minus_softmax,
            "it is the gradient of the cross-entropy",
            "That plain difference needs a certain loss and a label. Here any G may come from above.",
        ),
        Misconception(
            wrong.log_softmax_product,
            "it is the product with the Jacobian of log-softmax",
            "Derive the softmax itself, and not its logarithm. Which factor is the difference?",
        ),
        Misconception(
            wrong.softmax_over_the_examples,
            "the softmax runs over the examples",
            "Along which axis lie the classes that share probability 1?",
        ),
        Misconception(
            wrong.softmax_over_everything,
            "the softmax runs over the whole array",
            "Which entries of Z share probability 1?",
        ),
        Misconception(
            wrong.divided_by_the_batch,
            "you divide by N",
            "The mean belongs to the loss. Where is it already, when G arrives?",
        ),
        Misconception(
            wrong.summed_over_the_batch,
            "the examples are added up",
            "Weights are shared by all examples, logits are not. What shape has dJ/dZ?",
        ),
        Misconception(
            wrong.upstream_gradient_ignored,
            "G plays no part",
            "The chain rule is a product. Which of its two factors have you returned?",
        ),
        Misconception(
            wrong.upstream_gradient_summed,
            "G is added up before it meets the Jacobian",
            "Two classes may pull in different directions. What is left of that after your sum?",
        ),
        Misconception(
            wrong.jacobians_returned,
            "you return the Jacobians",
            "One step is missing: the product with G makes a row of each matrix.",
        ),
        Misconception(
            wrong.jacobian_of_the_first_row,
            "the first example's Jacobian is used for all",
            "The Jacobian depends on s. How many different s are there?",
        ),
        Misconception(
            wrong.jacobian_summed_over_the_batch,
            "the Jacobians of all examples are added up",
            "Row i of G meets the Jacobian of which row of Z?",
        ),
        Misconception(
            wrong.outer_product_over_the_batch,
            "one product of matrices mixes the examples",
            "N outer products are needed, one a row. What does one product of two batches add up?",
        ),
        Misconception(
            wrong.squared_outer_weight,
            "a factor is taken twice",
            "Count the factors s in each part of the Jacobian: one in the first, two in the second.",
        ),
        Misconception(
            wrong.outer_product_with_squares,
            "squares stand where products of two classes belong",
            "Off the diagonal two different classes meet. Which two factors stand there?",
        ),
        Misconception(
            wrong.softmax_returned, "you return the forward pass", "What came forward is s. What goes back?"
        ),
        Misconception(
            wrong.one_number_for_each_example,
            "you return the weighted sums alone",
            "That number is a part of the answer. Each class still has its own entry.",
        ),
        Misconception(
            wrong.classes_as_rows, "the result is transposed", "Which shape has Z? A gradient has the same."
        ),
        Misconception(
            wrong.first_row_alone,
            "only the first example is returned",
            "How many rows has G, and how many your answer?",
        ),
        Misconception(
            wrong.difference_quotient,
            "you measure the slope from one side",
            "A measured slope has few digits, and costs N · K forward passes. The formula costs one.",
        ),
        Misconception(
            wrong.upstream_gradient_overwritten,
            "your function overwrites G",
            "G belongs to the caller. Which operator writes into it?",
        ),
    ),
)
