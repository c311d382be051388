"""`check(function)`: a student's function against its question, in the notebook."""

from mlpkit.exercises import history
from mlpkit.exercises.registry import question
from mlpkit.exercises.result import CheckResult
from mlpkit.exercises.sandboxed.intact import intact
from mlpkit.exercises.sandboxed.run import SECONDS, observations
from mlpkit.exercises.verdict import grade


def check(function, *, seed: int = 0) -> CheckResult:
    """Check a function against the question of its name; the answer is shown in the notebook.

    `seed` chooses the numbers it is tried on. It is stopped after 5 seconds (but for one endless call into
    compiled code, such as `sum(range(10**15))`, which only *Kernel → Interrupt* or *Restart* ends); what it
    prints is shown once; what it raises or plots harms nothing. Raises TypeError for what is no function,
    ValueError for a name that no question has.

    >>> def pre_activation(X, w, b):
    ...     return X @ w
    >>> check(pre_activation)
    <check pre_activation: 2/5, no-bias>
    """
    result = examine(function, seed=seed)
    history.record(result)
    return result


def examine(function, *, seed: int = 0, seconds: float = SECONDS) -> CheckResult:
    """`check` without a note in the student's progress."""
    if not callable(function):
        raise TypeError(f"check expects your function itself: check(pre_activation); got {function!r:.80}")
    name = getattr(function, "__name__", None)
    if not isinstance(name, str) or name == "<lambda>":
        raise TypeError("check finds the question by your function's name: define it with `def name(…):`")
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise ValueError(f"check expects an integer seed >= 0; got {seed!r}")
    asked = question(name)
    with intact():
        return grade(asked, observations(function, asked.calls(seed), seconds), seed)
