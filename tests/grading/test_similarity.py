"""Near-identical submissions: forms of code, and which equal answers are improbable."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from mlpkit.exercises.registry import question, questions
from mlpkit.grading.forms import LONGEST
from mlpkit.grading.records import Answer, Graded
from mlpkit.grading.similarity import FALSE_PAIRS, form_of, groups, known_forms

FOLDER = Path(__file__).parents[1] / "questions" / "answers"
NAME = re.compile(r"[ap]\d+_(right|wrong)\w*")
SETS = {
    "ex02": ["softmax", "log_softmax", "cross_entropy", "softmax_cross_entropy_grad", "gaussian_nll"],
    "ex03": ["sigmoid", "swish_derivative", "elu_derivative", "gelu", "relu_backward", "sigmoid_backward"],
    "ex05": ["dense_backward", "mlp_backward", "numeric_gradient", "graph_backward"],
}
COMMON = {name: known_forms(question(name)) for name in questions()}


@cache
def sources(name):
    """The answers of independent authors to a question, as the source of a function of its name."""
    text = (FOLDER / f"{name}.py").read_text(encoding="utf-8")
    found = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    parts = [(node.name, ast.get_source_segment(text, node)) for node in found if NAME.fullmatch(node.name)]
    return [(("_right" in own), source.replace(f"def {own}(", f"def {name}(")) for own, source in parts]


@cache
def form(source, name):
    return form_of(source, name)


def answer(name, source):
    found, size = form(source, name)
    return Answer(name, 0.0, 1.0, "not yet right", form=found, size=size)


HABITS = (  # what people put in front, each for reasons of their own
    "{a} = np.asarray({a})",
    "{a} = np.array({a}, dtype=float)",
    "result = None",
    "print({a})",
    "assert {a} is not None",
    "eps = 1e-9",
    "import numpy as np",
    "n = len({a})",
)


def independent(names, rng, students=200, copied=(), habits=0.12):
    """A class in which everybody writes alone: few forms are frequent, many rare; good students err less."""
    orders = {name: rng.permutation(len(sources(name))) for name in names}
    chosen = {}
    for i in range(students):
        skill = rng.uniform(0.3, 0.95)
        picks = {}
        for name in names:
            weights = np.array(
                [
                    (skill if right else 1 - skill) / (1 + place)
                    for (right, _), place in zip(sources(name), orders[name], strict=True)
                ]
            )
            source = sources(name)[rng.choice(len(weights), p=weights / weights.sum())][1]
            picks[name] = with_habits(source, tuple(rng.random(len(HABITS)) < habits))
        chosen[f"s{i:03}"] = picks
    for i, j in copied:
        chosen[f"s{j:03}"] = {name: renamed(source) for name, source in chosen[f"s{i:03}"].items()}
    return [
        Graded(student, answers=tuple(answer(name, source) for name, source in picks.items()))
        for student, picks in chosen.items()
    ]


@cache
def with_habits(source, which):
    tree = ast.parse(source)
    (function,) = tree.body
    first = function.args.args[0].arg
    lines = [line.format(a=first) for line, yes in zip(HABITS, which, strict=True) if yes]
    at = 1 if ast.get_docstring(function) else 0
    function.body[at:at] = ast.parse("\n".join(lines)).body
    return ast.unparse(tree)


def renamed(source):
    """A copy that should not look like one: other names of variables, other layout, comments."""
    tree = ast.parse(source)
    (function,) = tree.body
    own = {one.arg for one in ast.walk(function) if isinstance(one, ast.arg)}
    own |= {o.id for o in ast.walk(function) if isinstance(o, ast.Name) and isinstance(o.ctx, ast.Store)}
    new = {name: f"my_{name}" for name in own}
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            node.id = new.get(node.id, node.id)
        elif isinstance(node, ast.arg):
            node.arg = new[node.arg]
    return "# all my own work\n" + ast.unparse(tree)


class TestForms:
    def test_names_layout_comments_docstrings_and_annotations_make_no_difference(self):
        one = "def f(x, y=2):\n  total = 0\n  for k in range(3):\n    total += x[k] * y\n  return total"
        other = (
            '@a\n# note\ndef f(\n  arr: "np.ndarray", by: int = 2) -> float:\n  """Sum."""\n'
            "  s: int = 0\n  s = 0\n  for i in range(3): s += (arr[i]*by)  # hm\n\n  return (s)\n"
        )
        assert form_of(one, "f")[0] != form_of(other, "f")[0]  # a decorator and one line more
        other = other.replace("@a\n", "").replace("  s: int = 0\n", "")
        assert form_of(one, "f") == form_of(other, "f")

    @pytest.mark.parametrize(
        "other",
        ["def f(x, y): return y - x", "def f(x, y): return x - y - 0", "def f(x, y): return np.x - y"],
    )
    def test_other_code_has_another_form(self, other):
        assert form_of("def f(x, y): return x - y", "f")[0] != form_of(other, "f")[0]

    def test_which_variable_stands_where_is_part_of_the_form(self):
        assert form_of("def f(a, b): return a - b", "f") == form_of("def f(b, a): return b - a", "f")
        assert form_of("def f(a, b): return a - b", "f") != form_of("def f(a, b): return b - a", "f")

    def test_attributes_and_keywords_are_no_variables_even_with_their_names(self):
        one = "def f(x, axis): return np.sum(x, axis=axis).x"
        other = "def f(p, q): return np.sum(p, axis=q).x"
        assert form_of(one, "f") == form_of(other, "f") != form_of(other.replace("axis=", "dtype="), "f")

    def test_a_text_is_no_variable_even_with_the_name_of_one(self):
        assert form_of("def f(x): return 'x'", "f") != form_of("def f(y): return 'y'", "f")

    def test_the_last_definition_of_the_name_counts(self):
        assert form_of("def f(x): return 1\ndef f(x): return 2", "f") == form_of("def f(z): return 2", "f")

    def test_recursion_nested_functions_and_comprehensions_are_renamed_too(self):
        one = "def f(n):\n  def g(k): return [k for k in n]\n  return f(n - 1) + g(2)"
        other = "def f(m):\n  def h(j): return [j for j in m]\n  return f(m - 1) + h(2)"
        assert form_of(one, "f") == form_of(other, "f") != ("", 0)

    @pytest.mark.parametrize(
        "source", ["", "x = 1", "def g(): pass", "def f(:", "def f(): '\0'", "if 1:\n\tf\n  f"]
    )
    def test_what_has_no_such_function_has_no_form(self, source):
        assert form_of(source, "f") == ("", 0)

    def test_a_source_that_is_too_long_is_not_parsed(self):
        assert form_of("def f(): return 1\n" + "#" * LONGEST, "f") == ("", 0)

    @pytest.mark.parametrize(
        "inside",
        [
            "'(' * 9000 + '1' + ')' * 9000",
            "'-' * 19000 + '1'",
            "'[' * 9000",
            "'1' + '+1' * 9000",
            "'a' + '.b' * 9000",
            "'a' + '()' * 9000",
            "'lambda:' * 2800 + '1'",
            "'f\"{' * 4000",
            "'not ' * 4900 + '1'",
            "'9' * 19000",
            "'\\ud800'",
            "'1if 1else ' * 1900 + '1'",
        ],
    )
    def test_hostile_code_ends_no_process(self, inside):
        """In a process of its own: a stack that overflows cannot be caught."""
        code = (
            "from mlpkit.grading.forms import form_of\n"
            f"form, size = form_of('def f(): return ' + {inside}, 'f')\n"
            "assert (form == '') == (size == 0)\nprint('alive')"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr[-500:]


class TestGroups:
    @pytest.mark.parametrize("habits", [0, 0.12], ids=["twenty forms a question", "many forms"])
    @pytest.mark.parametrize("names", SETS.values(), ids=SETS)
    @pytest.mark.slow
    def test_a_class_of_independent_authors_gets_fewer_than_one_false_pair(self, names, habits):
        rng = np.random.default_rng(15)
        found = [groups(independent(names, rng, habits=habits), COMMON) for _ in range(20)]
        pairs = sum(len(g.students) * (len(g.students) - 1) / 2 for some in found for g in some)
        assert pairs / 20 <= 5 * FALSE_PAIRS

    @pytest.mark.parametrize("names", SETS.values(), ids=SETS)
    @pytest.mark.slow
    def test_most_copies_with_other_names_are_found(self, names):
        rng = np.random.default_rng(16)
        copied = [(2 * i, 2 * i + 1) for i in range(20)]
        found = [set(g.students) for g in groups(independent(names, rng, copied=copied), COMMON)]
        hits = sum(any({f"s{i:03}", f"s{j:03}"} <= group for group in found) for i, j in copied)
        assert hits >= 15

    def test_a_group_of_thirty_is_one_group_with_the_questions_that_it_shares(self):
        names = SETS["ex03"]
        records = independent(names, np.random.default_rng(17), students=170)
        lines = (
            "def gelu(z):\n  q = z * 0.5\n  r = q + 0.0\n  for _ in [1]: r = r * (1 + erf(z / R))\n  return r"
        )
        own = tuple(answer(name, lines.replace("gelu", name)) for name in names)
        records += [Graded(f"t{i:02}", answers=own) for i in range(30)]
        (found,) = groups(records, COMMON)
        assert found.students == tuple(f"t{i:02}" for i in range(30))
        assert set(found.questions) == set(found.shared) == set(names)
        assert found.odds > 1e5

    def test_one_equal_short_answer_is_not_reported(self):
        records = independent(["bump"], np.random.default_rng(18), copied=[(0, 1), (2, 3)])
        assert groups(records, COMMON) == []

    def test_solutions_that_the_question_knows_say_nothing(self):
        names = SETS["ex03"]
        form_and_size = {
            name: form_of(renamed(with_habits(sources(name)[0][1], (True,) * len(HABITS))), name)
            for name in names
        }
        own = tuple(Answer(n, 1, 1, "passed", form=f, size=s) for n, (f, s) in form_and_size.items())
        twins = [Graded("t1", answers=own), Graded("t2", answers=own)]
        records = independent(names, np.random.default_rng(19)) + twins
        assert groups(records) != []
        known = {name: {form} for name, (form, _) in form_and_size.items()}
        assert groups(records, known) == []

    def test_answers_without_a_form_are_no_equal_answers(self):
        empty = tuple(Answer(name, 0, 1, "missing") for name in SETS["ex03"])
        assert groups([Graded(f"s{i}", answers=empty) for i in range(50)]) == []

    @pytest.mark.parametrize("records", [[], [Graded("ada")], [Graded("ada"), Graded("bob")]])
    def test_a_class_without_answers_has_no_groups(self, records):
        assert groups(records) == []

    def test_the_order_of_the_records_makes_no_difference(self):
        records = independent(SETS["ex05"], np.random.default_rng(20), copied=[(0, 1), (0, 2), (7, 8)])
        found = groups(records, COMMON)
        assert found
        assert groups(records[::-1], COMMON) == found


@pytest.mark.parametrize("name", questions())
def test_the_forms_of_a_questions_own_solutions_are_known(name):
    asked = question(name)
    assert len(known_forms(asked)) > (1 + len(asked.right) + len(asked.misconceptions)) // 2
    assert form_of(f"def {name}({', '.join(asked.parameters)}): pass", name)[0] not in known_forms(asked)


def test_the_empty_stub_is_a_known_form():
    stub = 'def gelu(z):\n  """Exactly."""\n  # YOUR CODE HERE\n  raise NotImplementedError()'
    assert form_of(stub, "gelu")[0] in known_forms(question("gelu"))
