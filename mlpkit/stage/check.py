"""Checks that `update` of a stage is a pure function and changes no artist but the live ones."""

import random

import numpy as np

from mlpkit.stage.layers import OrderChanged, pixels


def sample(values, present, count, seed):
    """The present position, the ends of every control, `count` random ones; free controls stay."""
    rng, sizes = random.Random(seed), [None if v is None else len(v) for v in values.values()]

    def fill(pick):
        return [old if size is None else pick(size) for old, size in zip(present, sizes, strict=True)]

    ends = [fill(lambda n: 0), fill(lambda n: n - 1)]
    return [list(present), *ends, *(fill(rng.randrange) for _ in range(count))]


def problems(states, present, count, seed):
    """What is wrong with a stage's states, as a list of sentences; empty if nothing is."""
    positions, found = sample(states.values, present, count, seed), []
    try:
        first, version = [], None
        while version != states.version:  # another plan draws the same in another order
            version = states.version
            first = [states.state(at) for at in positions]
        rest = pixels(states.fig, states.plan.live).copy()
        order = list(range(len(positions)))
        random.Random(seed + 1).shuffle(order)
        for i in order:
            display_list, description = states.state(positions[i])
            where = ", ".join(f"{k}={v}" for k, v in states.parameters(positions[i]).items())
            if not np.array_equal(display_list, first[i][0]):
                found.append(
                    f"update({where}) draws something else when it is called again: it must not keep state"
                )
            elif description != first[i][1]:
                found.append(f"the description at {where} is another one when it is computed again")
            if not np.array_equal(pixels(states.fig, states.plan.live), rest):
                found.append(f"update({where}) changes an artist that is not in live=")
            if found:
                break
    except OrderChanged as error:
        found.append(str(error))
    finally:
        states.update(**states.parameters(present))
    return found
