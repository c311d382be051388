"""What is observed in set 06: random results as statistics, a step in place, a network that was trained."""

import copy
import time

import numpy as np

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
ORDER = np.array([2, 0, 3, 1, 1, 3, 2, 0])  # every corner twice, in another order
ENOUGH = 3  # starts that decide, of five
ELSEWHERE = np.random.default_rng(6).uniform(-1.0, 2.0, (200, 2))
SECONDS = 3.0  # a slow training is tried on fewer starts
CENTRE = 0.06  # of the spread: a mean nearer to 0 is 0, as far as a sample can tell


def generator(seed):
    """A NumPy generator that starts from this seed."""
    return np.random.default_rng(int(seed))


class Watched(list):
    """A list that notes whether its entries were read."""

    looked = False

    def __iter__(self):
        self.looked = True
        return super().__iter__()

    def __getitem__(self, place):
        self.looked = True
        return super().__getitem__(place)


Watched.__name__ = Watched.__qualname__ = "list"  # so says an exception about it


def watched(arrays):
    """These arrays, column after column in memory, in a list that notes whether its entries were read."""
    return Watched([np.asfortranarray(array) for array in arrays])


def state(rng):
    """Where a generator stands, as text."""
    return repr(rng.bit_generator.state)


def _in_words(value):
    return f"a {type(value).__name__}"


def draws(function, arguments):
    """A table of random numbers as facts: shape, mean, spread, and whether the generator decides them."""
    rng, *sizes = arguments
    twin, before = copy.deepcopy(rng), state(rng)
    first = function(rng, *sizes)
    if first is None or first is ...:
        return None
    second, same = function(rng, *sizes), function(twin, *sizes)
    try:
        W, second, same = (np.array(one, dtype=float) for one in (first, second, same))
    except (TypeError, ValueError):
        return {"came": _in_words(first)}
    if not W.size:
        return {"came": "an array without entries"}
    some = W.ravel()[:2000]  # the first rows
    levels = np.unique(some).size
    return {
        "shape": np.array(W.shape),
        "mean": W.mean() if abs(W.mean()) > CENTRE * W.std() else 0.0,
        "spread": W.std(),
        "different": levels > 0.98 * some.size,
        "levels": min(levels, 3),
        "repeatable": np.array_equal(W, same),
        "moving": not np.array_equal(W, second),
        "drawn": state(rng) != before,
    }


def stepped(function, arguments):
    """The arrays that were given, the list's entries, and what came back, after the call.

    The step is made once more on copies of everything: where it comes out otherwise, something was kept
    between the two calls, and the entries are those of the second.
    """
    params = arguments[0]
    given = list(params)
    twin = [watched([array.copy() for array in given]), *copy.deepcopy(arguments[1:])]
    params.looked = False
    came = function(*arguments)
    looked, entries = params.looked, list(list.__iter__(params))
    kept = len(entries) == len(given) and all(map(lambda one, other: one is other, entries, given))
    function(*twin)
    return {
        "arrays": given,
        "entries": list(params) if _equal(params, twin[0]) else list(twin[0]),
        "returned": "None" if came is None or came is ... else _in_words(came),
        "looked": "a step" if looked else "the parameters are not looked at",
        "kept": "the same arrays in the list" if kept else "other arrays in the list",
    }


def _equal(some, others):
    """Whether two lists hold the same numbers, or what is no numbers."""
    try:
        pairs = zip(some, others, strict=True)
        return all(np.array_equal(one, other, equal_nan=True) for one, other in pairs)
    except (TypeError, ValueError):
        return True


def batches(function, arguments):
    """Index arrays as facts: their sizes, which indices are there, and whether they are shuffled anew."""
    rng, n, size = arguments
    twin, before = copy.deepcopy(rng), state(rng)
    first = function(rng, n, size)
    if first is None or first is ...:
        return None
    form, first = _form(first), _walked(first)
    moved = state(rng) != before
    second, same = _walked(function(rng, n, size)), _walked(function(twin, n, size))
    try:
        lists = [[np.array(batch) for batch in one] for one in (first, second, same)]
        found = np.concatenate([batch.ravel() for batch in lists[0]]) if lists[0] else np.zeros(0)
        numbers = found.astype(float)
    except (TypeError, ValueError):
        return {"came": form}
    groups, later = (_groups(one) for one in lists[:2])
    return {
        "form": form,
        "sizes": np.array([batch.size for batch in lists[0]], dtype=float),
        "flat": all(batch.ndim == 1 for batch in lists[0]),
        "indices": all(batch.dtype.kind in "iu" for batch in lists[0] if batch.size),
        "outside": bool(((numbers < 0) | (numbers >= n)).any()),
        "repeated": len(set(numbers.tolist())) < numbers.size,
        "missing": bool(set(range(n)) - set(numbers.tolist())),
        "mixed": _neighbours(groups, n) < 0.6 * n,
        "anew": groups != later,
        "repeatable": groups == _groups(lists[2]),
        "drawn": moved,
    }


def _form(value):
    """'a list', or what else; tuples of numbers do not index rows."""
    if hasattr(value, "__next__"):
        return "an iterator"
    if not isinstance(value, list | tuple):
        return _in_words(value)
    if any(isinstance(batch, slice) for batch in value):
        return "a list of slices"
    tuples = [batch for batch in value if isinstance(batch, tuple)]
    if any(np.ndim(entry) for batch in tuples for entry in batch):
        return "a list of tuples of several things"
    return "a list of tuples" if tuples else "a list"


def _walked(value):
    """A list instead of an iterator, which begins to work only where it is walked through."""
    return list(value) if hasattr(value, "__next__") else value


def _neighbours(groups, n):
    """How many i have i + 1 (after the last one 0) in their batch: about B for a random order."""
    return sum((i + 1) % n in group for group in groups for i in group)


def _groups(some):
    return {frozenset(batch.ravel().tolist()) for batch in some}


def trained(function, arguments):
    """The outputs of the trained network at the corners of the unit square, from up to five random starts."""
    seeds, answers, hits, others = arguments[0].integers(0, 2**31, 5), [], [], []
    end = time.monotonic() + SECONDS
    facts = {}
    for seed in seeds:
        rng = np.random.default_rng(int(seed))
        before = state(rng)
        predict = function(rng)
        if predict is None or predict is ...:
            return None
        if not callable(predict):
            return {"came": _came(predict), "drawn": state(rng) != before}
        came = np.array(predict(CORNERS[ORDER].copy()), dtype=float)
        if not facts:
            one = np.array(predict(CORNERS[1:2].copy()), dtype=float)
            facts = {"shape": np.array(came.shape), "one": np.array(one.shape), "drawn": True}
        facts["drawn"] = facts["drawn"] and state(rng) != before
        others.append(_elsewhere(predict))
        said = came.ravel() if came.size == len(ORDER) else np.full(len(ORDER), np.nan)
        answers.append([said[corner == ORDER].mean() for corner in range(4)])
        hits.append(bool(((said > 0.5) == np.isin(ORDER, (1, 2))).all() and (said != 0.5).all()))
        hits[-1] = hits[-1] and bool(np.isfinite(said).all())
        decided = max(sum(hits), len(hits) - sum(hits)) >= ENOUGH
        if decided or time.monotonic() > end:
            break
    if len(others) > 1 and all(np.array_equal(others[0], other) for other in others[1:]):
        facts["drawn"] = False  # what was drawn has no influence
    corners = np.median(answers, axis=0)
    steady = not (np.std(answers, axis=0) > 0.05).any()
    codes = np.where(np.abs(corners - 0.5) <= 0.1, 0.5, (corners > 0.5) * 1.0)
    flat = bool((np.ptp(answers, axis=1) < 1e-3).all())
    return facts | {
        "most": 2 * sum(hits) > len(hits),
        "steady": steady,
        "corners": codes if steady else np.zeros(4),
        "flat": flat,
        "straight": flat and _straight(others[0]),
        "unknown": bool(np.isnan(corners).any()),
    }


def _elsewhere(predict):
    """Its outputs between and beyond the corners; none where it raises an exception there."""
    try:
        said = np.array(predict(ELSEWHERE.copy()), dtype=float).ravel()
    except Exception:
        return np.zeros(0)
    return said if said.size == len(ELSEWHERE) else np.array([np.nan])


def _straight(said):
    """Whether these outputs, or their logits, are a plane over the inputs."""
    columns = np.column_stack([ELSEWHERE, np.ones(len(ELSEWHERE))])
    if said.shape != (len(ELSEWHERE),) or not np.isfinite(said).all():
        return False
    inside = (said > 0).all() and (said < 1).all()
    for values in (said, np.log(said / (1 - said)) if inside else said):
        rest = values - columns @ np.linalg.lstsq(columns, values, rcond=None)[0]
        if np.abs(rest).max() <= 1e-7 * np.ptp(values) + 1e-13:
            return True
    return False


def _came(value):
    """What came instead of a function; a list that holds arrays is the network's parameters."""
    entries = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return "several arrays" if any(isinstance(one, np.ndarray) for one in entries) else _in_words(value)
