"""Results of a class as grading has them: real functions, graded by the real `grade`, without a sandbox."""

import inspect
from dataclasses import replace
from functools import cache

import numpy as np

from mlpkit.exercises.registry import question
from mlpkit.exercises.result import rows
from mlpkit.exercises.sandboxed.run import observations
from mlpkit.exercises.verdict import grade
from mlpkit.grading.records import Answer, Graded, Row
from mlpkit.grading.similarity import form_of

SET = ("sigmoid", "swish_derivative", "elu_derivative", "gelu", "relu_backward", "sigmoid_backward")


def answer_of(result, form=("", 0), version="1"):
    """A result of `check` as the record of an answer: what a student may see of it."""
    status = result.status if result.status != "checked" else "passed" if result.passed else "not yet right"
    found = tuple(
        Row(names, points, of, f"got {finding.mismatch.got}" if finding.mismatch else "")
        for names, finding, points, of in rows(result)
    )
    call = "\n".join(
        line for _, text in result.calls[:1] for line in text.splitlines() if "# expected" not in line
    )
    return Answer(
        result.question, result.score, result.max_score, status, result.misconception, result.explanation,
        result.hint, found, call, result.notes, *form, version,
    )  # fmt: skip


@cache
def answers(name):
    """Answers to a question: the solution's, other right ones', and one for each of the first wrong ones."""
    asked = question(name)
    functions = [asked.solution, *asked.right, *(known.wrong for known in asked.misconceptions[:9])]
    return [_answer(asked, function) for function in functions]


def _answer(asked, function):
    source = inspect.getsource(function)
    source = source[source.index("def ") :]
    result = grade(asked, observations(function, asked.calls(0), 5.0), 0)
    return answer_of(result, form_of(source, function.__name__))


def missing(name):
    """The answer where there is no such function."""
    return Answer(name, 0.0, question(name).points, "missing", hint=f"No function {name} was found.")


def unexplained(name):
    """An answer that is wrong in a way nobody knows."""

    def other(*arguments):
        return np.asarray(arguments[0]) * 0.123 + 0.456

    asked = question(name)
    other.__name__ = name
    return answer_of(grade(asked, observations(other, asked.calls(0), 5.0), 0))


def student(who, *answers, **fields):
    """A submission with these answers."""
    fields = {
        "files": (f"{who}.ipynb",),
        "content": who,
        "settings": "seeds 0",
        "layout": "folder",
    } | fields
    return Graded(who, answers=answers, **fields)


def a_class(students=112, seed=0, names=SET):
    """A class: most answers right, some mistakes frequent, some functions missing, some not graded."""
    rng = np.random.default_rng(seed)
    found = []
    for i in range(students):
        skill = rng.uniform(0.2, 0.95)
        picked = []
        for name in names:
            some = answers(name)
            right = [one for one in some if one.status == "passed"]
            wrong = [one for one in some if one.status != "passed"]
            if rng.random() < 0.04:
                picked.append(missing(name))
            elif rng.random() < 0.05:
                picked.append(unexplained_once(name))
            elif rng.random() < skill and name != names[-1]:
                picked.append(right[rng.integers(len(right))])
            else:
                picked.append(wrong[min(int(rng.exponential(2.0)), len(wrong) - 1)])
        found.append(student(f"{20000 + 37 * i}", *picked, name=NAMES[i % len(NAMES)], layout="moodle"))
    if students > 10:
        found[3] = replace(found[3], answers=(), status="not graded", reason="The zip file is damaged.")
        found[7] = replace(
            found[7], answers=(), status="not graded", reason="It is no notebook: invalid JSON."
        )
        open_ = replace(found[9].answers[0], status="not checked", points=0.0, rows=())
        found[9] = replace(found[9], answers=(open_, *found[9].answers[1:]))
        own = tuple(replace(one, form=f"{one.question}-own", size=60) for one in found[5].answers)
        found[5], found[6] = replace(found[5], answers=own), replace(found[6], answers=own)
    return found


unexplained_once = cache(unexplained)
NAMES = (
    "Ada Lovelace",
    "Émilie du Châtelet",
    "Muḥammad al-Khwārizmī",
    "李善蘭",
    "Sofja Kowalewskaja",
    "רות לורנס",
)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\u202egnp.exe\u202c \u2066x",
    "a\x00b\x1b[31mred\x07",
    "=HYPERLINK(\"http://e\")",
    "../../etc/passwd",
    "CON",
    "\ud800half",
    "x" * 5000,
    "</style><style>*{display:none}",
    "&lt;b&gt; {{7*7}} ${7*7}",
    "line\nbreak\r\nand\ttab",
)  # fmt: skip
