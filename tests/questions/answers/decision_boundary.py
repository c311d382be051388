"""Answers to decision_boundary by others, a (from the notebook alone) and p (as public code has it); none was used to build the checks."""

import math
import numpy as np


def a01_wrong(w, b):
    """wrong: intercept without its minus sign"""
    if w[1] == 0:
        return np.inf, -b / w[0]
    return -w[0] / w[1], b / w[1]


def a03_wrong(w, b):
    """wrong: (intercept, slope), the pair exchanged"""
    if w[1] == 0:
        return -b / w[0], np.inf
    return -b / w[1], -w[0] / w[1]


def a05_wrong(w, b):
    """wrong: w[0] == 0 is thought to be the vertical case"""
    if w[0] == 0:
        return np.inf, -b / w[1]
    with np.errstate(all="ignore"):
        return np.float64(-w[0]) / w[1], np.float64(-b) / w[1]


def a07_wrong(w, b):
    """wrong: vertical case returns a slope of -inf"""
    if w[1] == 0:
        return -np.inf, -b / w[0]
    return -w[0] / w[1], -b / w[1]


def a09_wrong(w, b):
    """wrong twice: weights exchanged in the slope, vertical x without minus"""
    if w[1] == 0:
        return np.inf, b / w[0]
    if w[0] == 0:
        return 0.0, -b / w[1]
    return -w[1] / w[0], -b / w[1]


def a11_wrong(w, b):
    """wrong twice: 1e-9 added to w2 instead of a case, slope's minus missing"""
    return w[0] / (w[1] + 1e-9), -b / (w[1] + 1e-9)


def a13_wrong(w, b):
    """wrong: raises; scalar if on the whole array"""
    if w == 0:
        return np.inf, -b
    return -w[0] / w[1], -b / w[1]


def a14_right(w, b):
    """right: two points on the line"""
    w1, w2 = w
    if w2 == 0:
        return math.inf, -b / w1
    at0 = -(b + w1 * 0) / w2
    at1 = -(b + w1 * 1) / w2
    return at1 - at0, at0


def a15_right(w, b):
    """right: try with a caught ZeroDivisionError"""
    w1, w2 = float(w[0]), float(w[1])
    try:
        return -w1 / w2, -b / w2
    except ZeroDivisionError:
        return float("inf"), -b / w1


def a16_right(w, b):
    """right: np.linalg.solve for two points"""
    w = np.asarray(w, dtype=float)
    if abs(w[1]) == 0:
        return np.inf, float(-b / w[0])
    A = np.array([[0.0, 1.0], [1.0, 1.0]])
    v = np.array([-b / w[1], -(b + w[0]) / w[1]])
    m, c = np.linalg.solve(A, v)
    return m, c


def a17_wrong(w, b):
    """wrong: no case; NumPy's -w1/0 gives -inf or inf and an infinite intercept"""
    with np.errstate(all="ignore"):
        w = np.asarray(w, dtype=float)
        return -w[0] / w[1], -b / w[1]


def a19_wrong(w, b):
    """wrong: prints the equation, returns None"""
    if w[1] != 0:
        print(f"x2 = {-w[0] / w[1]} x1 + {-b / w[1]}")


def p21_wrong(w, b):
    """wrong: border where z = 0.5: intercept (0.5 - b)/w2"""
    if w[1] == 0:
        return np.inf, (0.5 - b) / w[0]
    return -w[0] / w[1], (0.5 - b) / w[1]


def p22_right(w, b):
    """right: 'if not w[1] == 0' form"""
    if not w[1] == 0:
        a = -w[0] / w[1]
        c = -b / w[1]
    else:
        a, c = np.inf, -b / w[0]
    return a, c


def p23_wrong(w, b):
    """wrong: -(w1 + b)/w2 as the intercept (value at x1 = 1)"""
    if w[1] == 0:
        return np.inf, -b / w[0]
    return -w[0] / w[1], -(w[0] + b) / w[1]


def p25_wrong(w, b):
    """wrong: the points (-b/w1, 0) and (0, -b/w2) returned instead of slope and intercept"""
    with np.errstate(all="ignore"):
        return np.float64(-b) / w[0], np.float64(-b) / w[1]


def p27_right(w, b):
    """right: unpacked, math.inf"""
    w1, w2 = w
    return (-(w1 / w2), -(b / w2)) if w2 else (math.inf, -(b / w1))


def p29_wrong(w, b):
    """wrong: slope as an angle in degrees"""
    if w[1] == 0:
        return np.inf, -b / w[0]
    return math.degrees(math.atan(-w[0] / w[1])), -b / w[1]


def p31_wrong(w, b):
    """wrong: None for the vertical line"""
    if w[1] == 0:
        return None, -b / w[0]
    return -w[0] / w[1], -b / w[1]


def p33_wrong(w, b):
    """wrong: slope of w itself, w2/w1 (direction across the line)"""
    if w[0] == 0:
        return np.inf, -b / w[1]
    if w[1] == 0:
        return 0.0, -b / w[0]
    return w[1] / w[0], -b / w[1]
