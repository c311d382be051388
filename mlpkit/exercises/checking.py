"""`check(function)`: a student's function against its question, in the notebook."""

import sys

from mlpkit.exercises import history
from mlpkit.exercises.registry import homes, question
from mlpkit.exercises.result import CheckResult
from mlpkit.exercises.sandboxed.facts import own
from mlpkit.exercises.sandboxed.intact import intact
from mlpkit.exercises.sandboxed.run import SECONDS, observations
from mlpkit.exercises.verdict import grade

NONE_GIVEN = object()


def check(function=NONE_GIVEN, *, seed: int = 0) -> CheckResult:
    """Check a function against the question of its name; the answer is shown in the notebook.

    `seed` chooses the numbers it is tried on. It is stopped after 5 seconds (but for one endless call into
    compiled code, such as `sum(range(10**15))`, which only *Kernel → Interrupt* or *Restart* ends); what it
    prints is shown once; what it raises or plots harms nothing. The name is that of the `def`, also inside a
    decorator, else that of the variable: `softmax = jit(f)`. Raises TypeError for what is no function,
    ValueError for a name that no question has.

    >>> def pre_activation(X, w, b):
    ...     return X @ w
    >>> check(pre_activation)
    <check pre_activation: 2/5, no-bias>
    """
    result = examine(function, seed=seed, space=_caller())
    history.record(result)
    return result


def examine(function, *, seed: int = 0, seconds: float = SECONDS, space=None) -> CheckResult:
    """`check` without a note in the student's progress; `space`: names of variables and their values."""
    _refuse(function)
    name = question_name(function, space or {})
    if isinstance(function, type):
        raise TypeError(f"{name} is a class; the question asks for a function: write `def {name}(…):`")
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise ValueError(f"check expects an integer seed >= 0; got {seed!r}")
    asked = question(name)
    with intact():
        return grade(asked, observations(function, asked.calls(seed), seconds), seed)


def question_name(function, space) -> str:
    """The name under which a function is looked for: a question's, wherever one can be found.

    First its own; then that of the function inside of it (functools.wraps, partial, a decorator, a method);
    then that of a variable that holds it. Without a question's name the function's own.
    """
    outside, inside = _name(function), _name(own(function))
    variables = [key for key, value in space.items() if value is function]
    for name in (outside, inside, *variables):
        if name in homes():
            return name
    if outside in (None, "<lambda>"):
        raise TypeError(
            "check finds the question by your function's name: define it with `def name(…):`, "
            "or assign it to the question's name and check that"
        )
    if inside not in (outside, None):
        raise ValueError(
            f"no question is called {outside!r} or {inside!r}: put @functools.wraps(function) into your "
            "decorator, or assign the function to the question's name and check that"
        )
    return outside


def _name(function):
    name = getattr(function, "__name__", None)
    return name if isinstance(name, str) else None


def _caller():
    """The variables where `check` was called."""
    frame = sys._getframe(2)
    return {**frame.f_globals, **frame.f_locals}


def _refuse(function):
    """TypeError with what to do, for what is no function."""
    if function is NONE_GIVEN:
        raise TypeError("check expects your function itself: check(pre_activation)")
    if isinstance(function, str):
        name = function if function.isidentifier() else "pre_activation"
        raise TypeError(f"check expects your function itself, without quotes: check({name})")
    if isinstance(function, CheckResult):
        raise TypeError(
            f"check expects your function itself: check({function.question}); got a result of check"
        )
    if not callable(function):
        raise TypeError(
            f"check expects your function itself, not what it returns: check(pre_activation), without "
            f"arguments; got {function!r:.80}"
        )
