"""Gᵀ·J with the Jacobian of the softmax: the step of backpropagation through it."""

import numpy as np

from mlpkit.exercises.comparisons import shape, unchanged, values
from mlpkit.exercises.mistakes import mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.exercises.sandboxed.run import Built
from mlpkit.questions.ex02_output_units_and_losses import softmax_vjp_mistakes as wrong
from mlpkit.questions.ex02_output_units_and_losses.common import (
    EXACT,
    EXTREME,
    HUGE,
    ORDINARY,
    deep,
    level,
    spread,
    unlikely,
    whole,
)
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
    misconceptions=mistakes(wrong),
    further=(
        "Two equal logits: the Jacobian is ¼ on the diagonal and −¼ beside it. What should G = (1, 0) become, and what G = (1, 1)?",
        "Each entry is a probability times a difference. What is subtracted from an entry of G is the same number for the whole row, and it knows all entries.",
    ),
)
