"""The question `minibatches`: all indices once, mixed anew in each epoch, cut into batches."""

import numpy as np

from mlpkit.exercises.mistakes import mistake, mistakes
from mlpkit.exercises.records import Probe, Question
from mlpkit.questions.ex06_training.common import generator, same_facts


def minibatches(rng, n, batch_size):
    """The batches of one epoch: the indices 0 … n − 1 in random order, batch_size of them at a time.

    rng a numpy.random.Generator, the only source of chance; n examples
    -> list (not a generator with yield) of arrays of integers, each (batch_size,);
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


MIXED = ("rest", "even")


def _cut(order, size):
    return [order[i : i + size] for i in range(0, len(order), size)]


REST = "50 examples in batches of 8: how many batches, and how long is the last?"


@mistake("the rest is dropped", REST)
def rest_dropped(rng, n, batch_size):
    order = rng.permutation(n)
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(n // batch_size)]


@mistake("the last batch is dropped", REST + " And 48 in batches of 12?")
def last_full_batch_dropped(rng, n, batch_size):
    order = rng.permutation(n)
    return [order[i : i + batch_size] for i in range(0, n - batch_size, batch_size)]


@mistake("the last batch is filled up", "The last batch may be shorter. Which examples count twice in yours?")
def rest_filled_from_the_start(rng, n, batch_size):
    order = rng.permutation(n)
    return [order[np.arange(i, i + batch_size) % n] for i in range(0, n, batch_size)]


@mistake(
    "the rest is put into the last full batch",
    "No batch is longer than the caller asked for. What else can be done with a rest?",
)
def rest_in_the_last_batch(rng, n, batch_size):
    order, count = rng.permutation(n), max(1, n // batch_size)
    return [*_cut(order[: (count - 1) * batch_size], batch_size), order[(count - 1) * batch_size :]]


@mistake(
    "there is an empty batch at the end",
    "48 examples in batches of 12: what is in your last batch? The mean of nothing is not a number.",
)
def an_empty_batch_at_the_end(rng, n, batch_size):
    order = rng.permutation(n)
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(n // batch_size + 1)]


@mistake(
    "batch_size is taken for the number of batches",
    "50 in batches of 8: are these 8 batches, or batches of 8?",
)
def number_of_batches(rng, n, batch_size):
    return np.array_split(rng.permutation(n), batch_size)


@mistake(
    "the batches are of about equal size",
    "All batches but the last have exactly the size that the caller asked for.",
)
def batches_of_equal_size(rng, n, batch_size):
    return np.array_split(rng.permutation(n), -(-n // batch_size))


@mistake("batches overlap", "By how much does your start move from batch to batch?")
def step_of_one(rng, n, batch_size):
    order = rng.permutation(n)
    return [order[i : i + batch_size] for i in range(n)]


@mistake("each batch has one index too many", "A slice ends before its second number. How long is yours?")
def one_too_long(rng, n, batch_size):
    order = rng.permutation(n)
    return [order[i : i + batch_size + 1] for i in range(0, n, batch_size)]


@mistake("each batch loses one index", "A slice ends before its second number already. How long is yours?")
def one_too_short(rng, n, batch_size):
    order = rng.permutation(n)
    return [order[i : i + batch_size - 1] for i in range(0, n, batch_size)]


@mistake(
    "one batch is returned instead of a list of them",
    "An epoch has many batches. Which examples are never seen?",
)
def one_random_batch(rng, n, batch_size):
    return rng.permutation(n)[:batch_size]


@mistake(
    "only the first batch is returned",
    "An epoch goes through all examples. What comes after the first batch?",
)
def first_batch_only(rng, n, batch_size):
    return [rng.permutation(n)[:batch_size]]


@mistake("the order is not cut", "The order is there. Now cut it into pieces of batch_size.")
def order_alone(rng, n, batch_size):
    return rng.permutation(n)


@mistake(
    "the list has single indices", "The indices are there. Now put batch_size of them together at a time."
)
def indices_in_one_list(rng, n, batch_size):
    return rng.permutation(n).tolist()


@mistake(
    "only the places where the batches start are returned",
    "You know where each batch begins. What belongs to it?",
)
def starts_only(rng, n, batch_size):
    return [np.array([i]) for i in range(0, n, batch_size)]


@mistake(
    "the order is not random",
    "Data often come sorted by class. What does the network see in your first batch then?",
)
def not_mixed(rng, n, batch_size):
    return _cut(np.arange(n), batch_size)


@mistake(
    "only the first index is random",
    "Neighbours stay neighbours: one random number cannot mix fifty indices. How many orders are possible?",
)
def rolled(rng, n, batch_size):
    return _cut(np.roll(np.arange(n), int(rng.integers(1, batch_size))), batch_size)


@mistake(
    "only the order of the batches is random",
    "The same examples always meet in the same batch. What has to be mixed before the cut?",
)
def blocks_mixed(rng, n, batch_size):
    blocks = _cut(np.arange(n), batch_size)
    rng.shuffle(blocks[: n // batch_size])
    return [
        blocks[i] for i in np.append(rng.permutation(n // batch_size), range(n // batch_size, len(blocks)))
    ]


@mistake(
    "only the inside of each batch is mixed",
    "A batch's gradient does not depend on the order inside it. What has to be mixed before the cut?",
)
def mixed_inside_the_blocks(rng, n, batch_size):
    return [rng.permutation(block) for block in _cut(np.arange(n), batch_size)]


@mistake(
    "the indices are drawn with replacement",
    "Throw a die six times: do you see all six faces? An epoch sees each example once.",
)
def with_replacement(rng, n, batch_size):
    return [rng.integers(0, n, min(batch_size, n - i)) for i in range(0, n, batch_size)]


@mistake(
    "the indices are drawn with replacement, and the rest is dropped",
    "Two things: each example must come once, and all of them.",
)
def with_replacement_and_no_rest(rng, n, batch_size):
    return [rng.integers(0, n, batch_size) for _ in range(n // batch_size)]


@mistake(
    "the indices are mixed anew for every batch",
    "How often do you shuffle in one epoch? After the second time you no longer know who has been seen.",
)
def mixed_before_each_batch(rng, n, batch_size):
    return [rng.permutation(n)[i : i + batch_size] for i in range(0, n, batch_size)]


@mistake(
    "every batch is drawn from all examples",
    "Each of your batches starts again from all examples. Who remembers which have been seen?",
)
def each_batch_by_itself(rng, n, batch_size):
    return [rng.permutation(n)[:batch_size] for _ in range(0, n, batch_size)]


@mistake("the indices run from 1 to n", "Which index has the first row of an array?")
def from_one_to_n(rng, n, batch_size):
    return _cut(rng.permutation(n) + 1, batch_size)


@mistake("an index is missing", "Are there n indices in all? Which is the first, and which the last?")
def last_index_missing(rng, n, batch_size):
    return _cut(rng.permutation(n - 1), batch_size)


@mistake("there is one index too many", "Which index has the last row of n? Yours reaches further.")
def one_index_too_many(rng, n, batch_size):
    return _cut(rng.permutation(n + 1), batch_size)


@mistake(
    "a generator of your own is asked", "Somebody repeats an experiment with the same seed. Does it repeat?"
)
def another_generator(rng, n, batch_size):
    return _cut(np.random.default_rng().permutation(n), batch_size)


@mistake(
    "the batches are the same in every call",
    "Every epoch is mixed anew, by rng. What does your second call give?",
)
def fixed_seed(rng, n, batch_size):
    return _cut(np.random.default_rng(0).permutation(n), batch_size)


@mistake(
    "the first order is kept and comes again",
    "Every epoch is mixed anew. What lives on between two calls of your function?",
)
def kept_from_call_to_call(rng, n, batch_size):
    rng.random()
    return _cut(np.random.default_rng(0).permutation(n), batch_size)


@mistake(
    "random numbers stand in the place of indices",
    "Row number 0.37 does not exist. How do random numbers become an order?",
)
def random_numbers_as_indices(rng, n, batch_size):
    return _cut(rng.random(n), batch_size)


@mistake("the indices are not integers", "NumPy takes rows by integers only. What type have yours?")
def indices_as_decimals(rng, n, batch_size):
    return _cut(rng.permutation(n) * 1.0, batch_size)


@mistake(
    "masks are returned, not indices",
    "A mask says for each row whether it belongs; indices name the rows that do.",
)
def masks(rng, n, batch_size):
    order = rng.permutation(n)
    return [np.isin(np.arange(n), order[i : i + batch_size]) for i in range(0, n, batch_size)]


@mistake(
    "a generator is returned, not a list",
    "What comes back can be walked through once, and has no length. The caller wants a list.",
)
def yielded(rng, n, batch_size):
    order = rng.permutation(n)
    yield from (order[i : i + batch_size] for i in range(0, n, batch_size))


@mistake(
    "slices are returned, not indices",
    "A slice takes neighbours, and its numbers are places in the shuffled order, not examples. What stands at these places?",
)
def slices(rng, n, batch_size):
    rng.permutation(n)
    return [slice(i, min(i + batch_size, n)) for i in range(0, n, batch_size)]


@mistake(
    "something stands beside each batch",
    "An entry of the list is one array of indices. What else is in your pairs?",
)
def numbered(rng, n, batch_size):
    return list(enumerate(_cut(rng.permutation(n), batch_size)))


@mistake(
    "the batches are tuples, not arrays",
    "A tuple in square brackets means one index for each axis. What picks several rows?",
)
def tuples(rng, n, batch_size):
    return [tuple(batch.tolist()) for batch in _cut(rng.permutation(n), batch_size)]


@mistake(
    "the indices stand in a column",
    "An index array with two axes picks a block of rows in a new form. One axis is asked for.",
)
def rows_of_one(rng, n, batch_size):
    return [batch[:, None] for batch in _cut(rng.permutation(n), batch_size)]


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
            "a list of arrays",
            1,
            {"form": str, "flat": ("arrays with one axis", "arrays with several axes")},
            advice="The caller wants a list, and each of its entries is an array of indices with one axis.",
        ),
        same_facts(
            "sizes",
            1,
            {"sizes": lambda sizes: f"batches of sizes {[int(n) for n in sizes]}"},
            advice="All batches have batch_size examples but perhaps the last. Try n = 5 and batch_size = 2.",
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
    right=(batches_by_split, batches_by_sorting, batches_drawn_one_by_one),
    misconceptions=mistakes(globals()),
    relations=False,
    further=(
        "Print what comes back for n = 5 and batch_size = 2, twice: how many batches, how long is each, which index appears where, and are the two calls different?",
        "Two steps are enough: one shuffled order of all indices, then cuts at the multiples of batch_size. Which of the two steps does your function do otherwise, or more than once?",
    ),
)
