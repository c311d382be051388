"""Wrong ways to cut an epoch into batches."""

import numpy as np

from mlpkit.exercises.records import Misconception


def _cut(order, size):
    return [order[i : i + size] for i in range(0, len(order), size)]


def rest_dropped(rng, n, batch_size):
    order = rng.permutation(n)
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(n // batch_size)]


def last_full_batch_dropped(rng, n, batch_size):
    order = rng.permutation(n)
    return [order[i : i + batch_size] for i in range(0, n - batch_size, batch_size)]


def rest_filled_from_the_start(rng, n, batch_size):
    order = rng.permutation(n)
    return [order[np.arange(i, i + batch_size) % n] for i in range(0, n, batch_size)]


def rest_in_the_last_batch(rng, n, batch_size):
    order, count = rng.permutation(n), max(1, n // batch_size)
    return [*_cut(order[: (count - 1) * batch_size], batch_size), order[(count - 1) * batch_size :]]


def an_empty_batch_at_the_end(rng, n, batch_size):
    order = rng.permutation(n)
    return [order[k * batch_size : (k + 1) * batch_size] for k in range(n // batch_size + 1)]


def batches_of_equal_size(rng, n, batch_size):
    return np.array_split(rng.permutation(n), -(-n // batch_size))


def number_of_batches(rng, n, batch_size):
    return np.array_split(rng.permutation(n), min(batch_size, n))


def step_of_one(rng, n, batch_size):
    order = rng.permutation(n)
    return [order[i : i + batch_size] for i in range(n)]


def one_too_long(rng, n, batch_size):
    order = rng.permutation(n)
    return [order[i : i + batch_size + 1] for i in range(0, n, batch_size)]


def one_too_short(rng, n, batch_size):
    order = rng.permutation(n)
    return [order[i : i + batch_size - 1] for i in range(0, n, batch_size)]


def first_batch_only(rng, n, batch_size):
    return [rng.permutation(n)[:batch_size]]


def one_random_batch(rng, n, batch_size):
    return rng.permutation(n)[:batch_size]


def order_alone(rng, n, batch_size):
    return rng.permutation(n)


def indices_in_one_list(rng, n, batch_size):
    return rng.permutation(n).tolist()


def not_mixed(rng, n, batch_size):
    return _cut(np.arange(n), batch_size)


def rolled(rng, n, batch_size):
    return _cut(np.roll(np.arange(n), int(rng.integers(1, batch_size))), batch_size)


def blocks_mixed(rng, n, batch_size):
    blocks = _cut(np.arange(n), batch_size)
    rng.shuffle(blocks[: n // batch_size])
    return [
        blocks[i] for i in np.append(rng.permutation(n // batch_size), range(n // batch_size, len(blocks)))
    ]


def mixed_inside_the_blocks(rng, n, batch_size):
    return [rng.permutation(block) for block in _cut(np.arange(n), batch_size)]


def with_replacement(rng, n, batch_size):
    return [rng.integers(0, n, min(batch_size, n - i)) for i in range(0, n, batch_size)]


def with_replacement_and_no_rest(rng, n, batch_size):
    return [rng.integers(0, n, batch_size) for _ in range(n // batch_size)]


def each_batch_by_itself(rng, n, batch_size):
    return [rng.permutation(n)[:batch_size] for _ in range(0, n, batch_size)]


def mixed_before_each_batch(rng, n, batch_size):
    return [rng.permutation(n)[i : i + batch_size] for i in range(0, n, batch_size)]


def from_one_to_n(rng, n, batch_size):
    return _cut(rng.permutation(n) + 1, batch_size)


def last_index_missing(rng, n, batch_size):
    return _cut(rng.permutation(n - 1), batch_size)


def one_index_too_many(rng, n, batch_size):
    return _cut(rng.permutation(n + 1), batch_size)


def another_generator(rng, n, batch_size):
    return _cut(np.random.default_rng().permutation(n), batch_size)


def fixed_seed(rng, n, batch_size):
    return _cut(np.random.default_rng(0).permutation(n), batch_size)


def random_numbers_as_indices(rng, n, batch_size):
    return _cut(rng.random(n), batch_size)


def indices_as_decimals(rng, n, batch_size):
    return _cut(rng.permutation(n) * 1.0, batch_size)


def masks(rng, n, batch_size):
    order = rng.permutation(n)
    return [np.isin(np.arange(n), order[i : i + batch_size]) for i in range(0, n, batch_size)]


def yielded(rng, n, batch_size):
    order = rng.permutation(n)
    yield from (order[i : i + batch_size] for i in range(0, n, batch_size))


def tuples(rng, n, batch_size):
    return [tuple(batch.tolist()) for batch in _cut(rng.permutation(n), batch_size)]


def starts_only(rng, n, batch_size):
    return [np.array([i]) for i in range(0, n, batch_size)]


def rows_of_one(rng, n, batch_size):
    return [batch[:, None] for batch in _cut(rng.permutation(n), batch_size)]


REST = "50 examples in batches of 8: how many batches, and how long is the last?"
MISCONCEPTIONS = (
    Misconception(rest_dropped, "the rest is dropped", REST),
    Misconception(last_full_batch_dropped, "the last batch is dropped", REST + " And 48 in batches of 12?"),
    Misconception(
        rest_filled_from_the_start,
        "the last batch is filled up",
        "The last batch may be shorter. Which examples count twice in yours?",
    ),
    Misconception(
        rest_in_the_last_batch,
        "the rest is put into the last full batch",
        "No batch is longer than the caller asked for. What else can be done with a rest?",
    ),
    Misconception(
        an_empty_batch_at_the_end,
        "an empty batch at the end",
        "48 examples in batches of 12: what is in your last batch? The mean of nothing is not a number.",
    ),
    Misconception(
        number_of_batches,
        "batch_size is taken for the number of batches",
        "50 in batches of 8: are these 8 batches, or batches of 8?",
    ),
    Misconception(
        batches_of_equal_size,
        "batches of about equal size",
        "All batches but the last have exactly the size that the caller asked for.",
    ),
    Misconception(step_of_one, "batches overlap", "By how much does your start move from batch to batch?"),
    Misconception(
        one_too_long,
        "one index too many in each batch",
        "A slice ends before its second number. How long is yours?",
    ),
    Misconception(
        one_too_short,
        "one index is lost in each batch",
        "A slice ends before its second number already. How long is yours?",
    ),
    Misconception(
        one_random_batch,
        "one batch instead of a list of them",
        "An epoch has many batches. Which examples are never seen?",
    ),
    Misconception(
        first_batch_only,
        "only the first batch",
        "An epoch goes through all examples. What comes after the first batch?",
    ),
    Misconception(
        order_alone, "the order is not cut", "The order is there. Now cut it into pieces of batch_size."
    ),
    Misconception(
        indices_in_one_list,
        "one list of single indices",
        "The indices are there. Now put batch_size of them together at a time.",
    ),
    Misconception(
        starts_only, "only where each batch starts", "You know where each batch begins. What belongs to it?"
    ),
    Misconception(
        not_mixed,
        "the order is not random",
        "Data often come sorted by class. What does the network see in your first batch then?",
    ),
    Misconception(
        rolled,
        "only the first index is random",
        "Neighbours stay neighbours: one random number cannot mix fifty indices. How many orders are possible?",
    ),
    Misconception(
        blocks_mixed,
        "only the order of the batches is random",
        "The same examples always meet in the same batch. What has to be mixed before the cut?",
    ),
    Misconception(
        mixed_inside_the_blocks,
        "only inside each batch is mixed",
        "A batch's gradient does not depend on the order inside it. What has to be mixed before the cut?",
    ),
    Misconception(
        with_replacement,
        "drawn with replacement",
        "Throw a die six times: do you see all six faces? An epoch sees each example once.",
    ),
    Misconception(
        with_replacement_and_no_rest,
        "drawn with replacement, and the rest is dropped",
        "Two things: each example must come once, and all of them.",
    ),
    Misconception(
        mixed_before_each_batch,
        "mixed anew for every batch",
        "How often do you shuffle in one epoch? After the second time you no longer know who has been seen.",
    ),
    Misconception(
        each_batch_by_itself,
        "every batch is drawn from all examples",
        "Each of your batches starts again from all examples. Who remembers which have been seen?",
    ),
    Misconception(from_one_to_n, "indices from 1 to n", "Which index has the first row of an array?"),
    Misconception(
        last_index_missing,
        "an index is missing",
        "Are there n indices in all? Which is the first, and which the last?",
    ),
    Misconception(
        one_index_too_many, "one index too many", "Which index has the last row of n? Yours reaches further."
    ),
    Misconception(
        another_generator,
        "a generator of your own",
        "Somebody repeats an experiment with the same seed. Does it repeat?",
    ),
    Misconception(
        fixed_seed,
        "the same batches in every call",
        "Every epoch is mixed anew, by rng. What does your second call give?",
    ),
    Misconception(
        random_numbers_as_indices,
        "random numbers instead of indices",
        "Row number 0.37 does not exist. How do random numbers become an order?",
    ),
    Misconception(
        indices_as_decimals,
        "indices that are not integers",
        "NumPy takes rows by integers only. What type have yours?",
    ),
    Misconception(
        masks,
        "masks instead of indices",
        "A mask says for each row whether it belongs; indices name the rows that do.",
    ),
    Misconception(
        yielded,
        "a generator instead of a list",
        "What comes back can be walked through once, and has no length. The caller wants a list.",
    ),
    Misconception(
        tuples,
        "tuples instead of arrays",
        "A tuple in square brackets means one index for each axis. What picks several rows?",
    ),
    Misconception(
        rows_of_one,
        "indices in a column",
        "An index array with two axes picks a block of rows in a new form. One axis is asked for.",
    ),
)
