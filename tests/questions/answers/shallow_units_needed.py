"""Answers to shallow_units_needed by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import numpy as np


def a01_wrong(k):
    """wrong: the kinks only, 2^k - 1"""
    return 2**k - 1


def a03_wrong(k):
    """wrong: 2k, the deep network's units"""
    return 2 * k


def a05_wrong(k):
    """wrong: 2^(k-1), the teeth"""
    return 2 ** (k - 1)


def a07_wrong(k):
    """wrong: 2^ is written as xor, 2 ^ k"""
    return 2 ^ k


def a09_wrong(k):
    """wrong: always 2, the tent"""
    return 2


def a11_wrong(k):
    """wrong: k!"""
    return math.factorial(k)


def a13_wrong(k):
    """wrong: 4^k, the exponent is doubled"""
    return 2 ** (2 * k)


def a15_wrong(k):
    """wrong: a pair (kinks, units)"""
    return 2**k - 1, 2**k


def a17_wrong(k):
    """wrong: log2 instead of power, the way back"""
    return math.ceil(math.log2(k)) if k > 1 else 0


def a19_wrong(k):
    """wrong, two mistakes: two units for each kink, and the kinks only: 2(2^k - 1)"""
    return 2 * (2**k - 1)


def a21_wrong(k):
    """wrong, two mistakes: a string with the kinks"""
    return str(2**k - 1)


def a23_wrong(k):
    """wrong, raises: a name that does not exist, kinks"""
    return kinks_inside(k) + 1


def a24_right(k):
    """right: shifted bits"""
    return 1 << k


def a25_right(k):
    """right: kinks counted one by one from the sawtooth's pieces, and one more"""
    pieces = 1
    for _ in range(k):
        pieces = pieces + pieces
    kinks = pieces - 1
    return kinks + 1


def a26_right(k):
    """right: recursion"""

    def need(j):
        return 1 if j == 0 else 2 * need(j - 1)

    return need(k)


def p01_wrong(k):
    """wrong: an asymptotic lower bound, 2^k/8, taken as the exact number"""
    return 2**k // 8


def p03_wrong(k):
    """wrong: parameters instead of units, 3·2^k + 1"""
    units = 2**k
    return units + units + units + 1


def p05_wrong(k):
    """wrong: k³, Telgarsky's number of layers"""
    return k**3


def p06_right(k):
    """right: a float power made an integer"""
    return int(2.0**k)


def p07_right(k):
    """right: np.power as a NumPy integer"""
    return np.power(2, k)
