"""The question `minibatches`: all indices once, mixed anew in each epoch, cut into batches."""

import numpy as np

from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex06_training import minibatches_mistakes
from mlpkit.questions.ex06_training.common import generator, same_facts


def minibatches(rng, n, batch_size):
    """The batches of one epoch: the indices 0 … n − 1 in random order, batch_size of them at a time.

    rng a numpy.random.Generator, the only source of chance; n examples
    -> list of arrays of integers, each (batch_size,);
    the last one is shorter where batch_size does not divide n. Every index is in one batch, once.
    """
    order = rng.permutation(n)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]


def batches_by_split(rng, n, batch_size):
    """Cut a shuffled array at the multiples of batch_size."""
    order = np.arange(n)
    rng.shuffle(order)
    return np.split(order, range(batch_size, n, batch_size))


def batches_by_sorting(rng, n, batch_size):
    """A random number for each index; sort by it."""
    order = np.argsort(rng.random(n))
    count = -(-n // batch_size)
    return [order[k * batch_size : min((k + 1) * batch_size, n)] for k in range(count)]


def batches_drawn_one_by_one(rng, n, batch_size):
    """Take indices out of what is left, until nothing is left."""
    left, found = list(range(n)), []
    while left:
        some = []
        while left and len(some) < batch_size:
            some.append(left.pop(int(rng.integers(len(left)))))
        found.append(np.array(some))
    return found


def batches_without_replacement(rng, n, batch_size):
    """Choose a batch from the rest; sorted inside, which is nobody's business."""
    rest, found = np.arange(n), []
    while len(rest):
        some = rng.choice(rest, size=min(batch_size, len(rest)), replace=False)
        rest = np.setdiff1d(rest, some)
        found.append(np.sort(some))
    return found


MIXED = ("rest", "even")

QUESTION = Question(
    minibatches,
    "batches",
    probes=(
        Probe("rest", lambda r: (generator(r), 50, 8), "50 examples in batches of 8", "ex06.batches"),
        Probe("even", lambda r: (generator(r), 48, 12), "48 examples in batches of 12", "ex06.batches"),
        Probe("singles", lambda r: (generator(r), 7, 1), "batches of 1", "ex06.batches"),
        Probe("whole", lambda r: (generator(r), 9, 9), "one batch of all 9", "ex06.batches"),
        Probe("larger", lambda r: (generator(r), 5, 8), "5 examples, batch_size 8", "ex06.batches"),
    ),
    properties=(
        same_facts(
            "sizes",
            2,
            {
                "form": str,
                "sizes": lambda sizes: f"batches of sizes {[int(n) for n in sizes]}",
                "flat": ("arrays with one axis", "arrays with several axes"),
            },
            advice="A list of arrays, all of batch_size but perhaps the last. Try n = 5 and batch_size = 2.",
        ),
        same_facts(
            "every index once",
            2,
            {
                "indices": ("integers, to be used as indices", "something else than integers"),
                "outside": ("an index below 0 or above n − 1", "indices from 0 to n − 1"),
                "repeated": ("an index twice", "no index twice"),
                "missing": ("an index missing", "no index missing"),
            },
            advice="Put all batches together and sort them: what do you see?",
        ),
        same_facts(
            "mixed anew",
            2,
            {
                "mixed": ("batches of indices from everywhere", "batches of neighbours"),
                "anew": ("other batches in the next call", "the same batches in the next call"),
            },
            on=MIXED,
            advice="Call it twice with the same rng. Are the batches random, and others at the second time?",
        ),
        same_facts(
            "from rng",
            1,
            {
                "repeatable": (
                    "the same batches from the same seed",
                    "others from a generator of the same seed",
                ),
                "drawn": ("a random order from rng", "rng is not asked"),
            },
            on=MIXED,
            advice="All chance comes from rng.",
        ),
    ),
    right=(batches_by_split, batches_by_sorting, batches_drawn_one_by_one, batches_without_replacement),
    misconceptions=minibatches_mistakes.MISCONCEPTIONS,
)
