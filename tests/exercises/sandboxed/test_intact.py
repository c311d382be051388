"""What a function or a cell puts into NumPy and Python changes no verdict, and is where it was afterwards."""

import builtins
import math
import os
import random
import sys
from contextlib import suppress

import numpy as np
import pytest
from cell_functions import defined

from mlpkit.exercises import check
from mlpkit.exercises.sandboxed.intact import changed, intact

SOFTMAX = "e = np.exp(Z - Z.max(axis=1, keepdims=True))\nreturn e / e.sum(axis=1, keepdims=True)"
RIGHT = defined(SOFTMAX, "Z", "softmax")


@pytest.mark.parametrize(
    "patch",
    [
        "np.exp = lambda z: np.ones_like(z)",
        "np.max = np.min = np.sum = lambda *a, **k: 0",
        "np.abs = np.array([1, 2])",
        "del np.exp\nZ = np.ones_like(Z)",
        "import builtins\nbuiltins.len = lambda a: 7",
        "import math\nmath.exp = None",
        "np.linalg.norm = np.random.default_rng = None",
    ],
)
def test_a_function_that_patches_numpy_loses_alone(patch):
    wrong = defined(f"{patch}\nreturn np.ones_like(Z)", "Z", "softmax")
    first = check(wrong)
    assert first.score < first.max_score
    assert check(RIGHT).passed
    assert changed() == []
    assert repr(check(wrong)) == repr(first)


def test_a_wrong_function_does_not_pass_by_changing_what_the_solution_uses():
    body = "np.exp = lambda z: np.ones_like(z)\nnp.maximum = np.minimum = lambda *a: 1.0\nreturn Z * 0 + 0.25"
    assert check(defined(body, "Z", "softmax"), seed=91).score < 7


def test_a_patch_of_a_cell_harms_no_check_and_stays_where_it_is(monkeypatch):
    mine = lambda z: z  # noqa: E731
    monkeypatch.setattr(np, "exp", mine)
    monkeypatch.delattr(math, "exp")
    assert check(RIGHT, seed=92).passed
    assert np.exp is mine
    assert not hasattr(math, "exp")


def test_random_states_printing_limits_and_folder_are_as_they_were(tmp_path):
    body = """
import os, random, sys
np.random.seed(0); random.seed(0)
np.set_printoptions(precision=1); np.seterr(all="ignore"); sys.setrecursionlimit(2000)
os.chdir(os.sep)
return X @ w + b"""

    def kept():
        state = np.random.get_state()[1].tolist(), random.getstate()  # noqa: NPY002
        return state, np.get_printoptions(), np.geterr(), sys.getrecursionlimit(), os.getcwd()

    before = kept()
    assert check(defined(body)).passed
    assert kept() == before


def test_a_new_name_in_a_module_is_nobodys_business():
    with intact():
        np.mlpkit_test = 3
    assert np.mlpkit_test == 3
    del np.mlpkit_test


def test_the_original_is_back_also_where_the_block_fails():
    with suppress(KeyError), intact():
        builtins.sum = None
        raise KeyError
    assert sum([1, 2]) == 3
