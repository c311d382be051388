"""Wrong products with the softmax's Jacobian."""

import numpy as np

from mlpkit.exercises.mistakes import between, mistake
from mlpkit.questions.ex02_output_units_and_losses.common import (
    exps,
    log_probabilities,
)
from mlpkit.questions.ex02_output_units_and_losses.common import probabilities as soft


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
    "G is handed on as it came",
    "With a cross-entropy behind it one would combine both. Here G ends at S: which step leads from S to Z?",
)
def upstream_gradient_handed_on(Z, G):
    return G * 1.0


@mistake(
    "the derivative is s − 1",
    "That looks like the label's entry of another gradient. What is the derivative of a softmax by its own logit?",
)
def one_subtracted(Z, G):
    return G * (soft(Z) - 1)


@mistake(
    "the diagonal is squared, and the sign is turned",
    "Each entry of the diagonal is a difference: of which two terms? Which of them has only one factor s?",
)
def diagonal_with_squares(Z, G):
    S = soft(Z)
    return S * _dot(S, G) - G * S**2


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


@mistake(
    "you return the weighted sums alone",
    "That number is a part of the answer. Each class still has its own entry.",
)
def one_number_for_each_example(Z, G):
    return (soft(Z) * G).sum(axis=1)


@mistake("only the first example is returned", "How many rows has G, and how many your answer?")
def first_row_alone(Z, G):
    S = soft(Z)
    return (S * (G - _dot(S, G)))[0]


@mistake("your function overwrites G", "G belongs to the caller. Which operator writes into it?")
def upstream_gradient_overwritten(Z, G):
    S = soft(Z)
    G -= _dot(S, G)
    return S * G
