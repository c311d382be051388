"""The right solutions with one slip: a sign turned, a factor left out, another axis, an index one off.

A slip is made in the text of a solution by rule, so it is told by its kind and never by its place: "one minus
is a plus" gives no formula away. What such a function gives on all probes is compared with what came.
"""

import ast
import copy
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

SIGNS = "Go through the signs one by one: which way does the result go when each term grows?"
FACTORS = "Go through the factors one by one: is each there, and is it multiplied or divided?"
AXES = "For every sum, mean and maximum: which axis holds the examples, and which one is meant?"
STEPS = "Say the formula aloud, step by step, and point at the place of each step in your function."
ENDS = "Try the smallest case by hand: where does each loop or slice start, and where does it end?"
LETTERS = "Say each line of your function in the formula's letters: does every letter stand where it should?"
OPERATORS: dict[type, tuple[tuple[type, str, str], ...]] = {
    ast.Add: ((ast.Sub, "one plus is a minus", SIGNS), (ast.Mult, "one sum is a product", SIGNS)),
    ast.Sub: ((ast.Add, "one minus is a plus", SIGNS), (ast.Div, "one difference is a quotient", SIGNS)),
    ast.Mult: ((ast.Div, "one product is a quotient", FACTORS), (ast.Add, "one product is a sum", FACTORS)),
    ast.Div: (
        (ast.Mult, "one quotient is a product", FACTORS),
        (ast.Sub, "one quotient is a difference", FACTORS),
    ),
    ast.MatMult: ((ast.Mult, "one matrix product goes entry by entry", FACTORS),),
    ast.FloorDiv: ((ast.Div, "one whole division is an ordinary one", ENDS),),
}
COMPARED: dict[type, tuple[tuple[type, str], ...]] = {
    ast.Gt: ((ast.Lt, "one comparison is the other way round"), (ast.GtE, "one > is a ≥")),
    ast.Lt: ((ast.Gt, "one comparison is the other way round"), (ast.LtE, "one < is a ≤")),
    ast.GtE: ((ast.LtE, "one comparison is the other way round"), (ast.Gt, "one ≥ is a >")),
    ast.LtE: ((ast.GtE, "one comparison is the other way round"), (ast.Lt, "one ≤ is a <")),
    ast.Eq: ((ast.NotEq, "one = is a ≠"),),
}
CALLED = {
    "sum": (("mean", "one sum is a mean"), ("max", "one sum is a maximum")),
    "mean": (("sum", "one mean is a sum"),),
    "max": (("mean", "one maximum is a mean"), ("min", "one maximum is a minimum")),
    "maximum": (("minimum", "one maximum is a minimum"),),
    "minimum": (("maximum", "one minimum is a maximum"),),
    "exp": (("expm1", "1 is taken from one exponential"),),
    "log1p": (("log", "a 1 is missing in one logarithm"),),
    "ceil": (("floor", "one number is rounded down, not up"),),
    "floor": (("ceil", "one number is rounded up, not down"),),
}
LEFT_OUT = {
    "exp": "an exponential is left out",
    "log": "a logarithm is left out",
    "sqrt": "a root is left out",
    "abs": "an absolute value is left out",
    "square": "a square is left out",
    "tanh": "a tanh is left out",
    "maximum": "a maximum is left out",
    "sigmoid": "a sigmoid is left out",
}


@dataclass(frozen=True)
class Slip:
    """`text` completes "your result is what comes where …"; `function` is a solution with that slip."""

    text: str
    hint: str
    function: Callable


@lru_cache(maxsize=64)
def slips(question) -> tuple[Slip, ...]:
    """One slip in the solution, then one in each of the other right solutions."""
    found = (slip for function in (question.solution, *question.right) for slip in _of(function, 1))
    return tuple(islice(found, FEW))


@lru_cache(maxsize=64)
def double_slips(question) -> tuple[Slip, ...]:
    """Two slips in the solution; none where that would be too many."""
    found = tuple(_of(question.solution, 2))
    return found if len(found) <= MOST else ()


FEW, MOST = 100, 300  # single slips, and pairs: more would take too long


def _of(function, count) -> Iterator[Slip]:
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return
    definition = tree.body[0]
    if not isinstance(definition, ast.FunctionDef):
        return
    if any(map(_endless_or_half_done, ast.walk(definition))):
        return
    definition.decorator_list = []
    edits = list(_edits(definition))
    if count == 1:
        groups = [(edit,) for edit in edits]
    else:
        groups = [
            (one, other) for k, one in enumerate(edits) for other in edits[:k] if one[0] is not other[0]
        ]
    if len(groups) > MOST:
        return
    for group in groups:
        changed = _compiled(tree, group, function)
        if changed is not None:
            yield Slip(" and ".join(dict.fromkeys(edit[2] for edit in group)), group[-1][3], changed)


def _endless_or_half_done(node):
    """What a slip could make run for ever, and an import, which leaves a module half loaded where it is stopped."""
    searching = isinstance(node, ast.Name) and node.id in ("next", "count")
    return searching or isinstance(node, ast.While | ast.Import | ast.ImportFrom)


def _compiled(tree, group, function):
    """The function with its nodes replaced."""
    marks = {id(node): new for node, new, *_ in group}
    memo: dict = {}
    fresh = copy.deepcopy(tree, memo)
    for node in ast.walk(tree):
        if id(node) in marks and id(node) in memo:
            _replace(fresh, memo[id(node)], marks[id(node)](copy.deepcopy(node)))
    space = dict(function.__globals__)
    try:
        exec(compile(ast.fix_missing_locations(fresh), "<slip>", "exec"), space)
    except (SyntaxError, ValueError, TypeError):
        return None
    return space[function.__name__]


def _replace(tree, old, new):
    for node in ast.walk(tree):
        for name, value in ast.iter_fields(node):
            if value is old:
                setattr(node, name, new)
            elif isinstance(value, list):
                for k, entry in enumerate(value):
                    if entry is old:
                        value[k] = new


def _edits(definition) -> Iterator[tuple]:
    """(node, function that makes the new node, words, hint)."""
    names = [argument.arg for argument in definition.args.args]
    for statement in definition.body:
        for node in ast.walk(statement):
            yield from _operator_edits(node)
            yield from _call_edits(node)
            yield from _small_edits(node)
            yield from _name_edits(node, names)


def _with(**changes):
    def make(node):
        for name, value in changes.items():
            setattr(node, name, value)
        return node

    return make


def _operator_edits(node):
    if isinstance(node, ast.BinOp):
        for other, words, hint in OPERATORS.get(type(node.op), ()):
            yield node, _with(op=other()), words, hint
        if isinstance(node.op, ast.Add | ast.Sub):
            yield node, lambda n: n.left, "a term is left out", STEPS
            yield (
                node,
                lambda n: n.right if isinstance(n.op, ast.Add) else ast.UnaryOp(ast.USub(), n.right),
                "a term is left out",
                STEPS,
            )
        if isinstance(node.op, ast.Mult):
            yield node, lambda n: n.left, "a factor is left out", FACTORS
            yield node, lambda n: n.right, "a factor is left out", FACTORS
        if isinstance(node.op, ast.Div | ast.FloorDiv):
            yield node, lambda n: n.left, "a division is left out", FACTORS
            yield node, _exchanged, "one fraction is upside down", FACTORS
        if isinstance(node.op, ast.Sub | ast.MatMult | ast.Pow):
            words = {ast.Sub: "one difference", ast.MatMult: "one matrix product", ast.Pow: "one power"}[
                type(node.op)
            ]
            yield node, _exchanged, f"{words} is the other way round", SIGNS
        if isinstance(node.op, ast.Pow):
            yield node, lambda n: n.left, "a power is left out", FACTORS
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node, lambda n: n.operand, "a minus sign is missing", SIGNS
    if isinstance(node, ast.Compare):
        for other, words in COMPARED.get(type(node.ops[0]), ()):
            yield node, _with(ops=[other()]), words, STEPS
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add | ast.Sub):
        yield (
            node,
            lambda n: ast.Assign([n.target], n.value),
            "a sum is overwritten instead of added to",
            STEPS,
        )
        yield (
            node,
            _with(op=ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()),
            "one sum is made with the other sign",
            SIGNS,
        )


def _exchanged(node):
    node.left, node.right = node.right, node.left
    return node


def _call_edits(node):
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield node, lambda n: n.value, "a transposition is missing, or too many", AXES
    if not isinstance(node, ast.Call):
        return
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    for other, words in CALLED.get(name, ()):
        yield node.func, _renamed(other), words, AXES
    if name in LEFT_OUT and node.args:
        yield node, lambda n: n.args[-1], LEFT_OUT[name], STEPS
    if name in ("where",) and len(node.args) == 3:
        yield (
            node,
            lambda n: _with(args=[n.args[0], n.args[2], n.args[1]])(n),
            "two branches are exchanged",
            STEPS,
        )
    if name == "range":
        yield (
            node,
            lambda n: _with(args=[*n.args[:-1], _minus_one(n.args[-1])])(n),
            "a loop ends one step early",
            ENDS,
        )
        if len(node.args) == 1:
            yield (
                node,
                lambda n: _with(args=[ast.Constant(1), n.args[0]])(n),
                "a loop starts one step late",
                ENDS,
            )
    for keyword in node.keywords:
        if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant):
            axis = keyword.value.value
            yield (
                keyword.value,
                lambda n, axis=axis: ast.Constant(0 if axis else 1),
                "one sum or maximum runs over the other axis",
                AXES,
            )
            yield keyword.value, lambda n: ast.Constant(None), "one sum or maximum runs over everything", AXES


def _minus_one(value):
    return ast.BinOp(value, ast.Sub(), ast.Constant(1))


def _renamed(name):
    def make(node):
        return ast.Attribute(node.value, name, node.ctx) if isinstance(node, ast.Attribute) else node

    return make


def _small_edits(node):
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    ):
        value = node.value
        for other in {value + 1, value - 1, 2 * value, value / 2} - {value}:
            if isinstance(value, int) and other != int(other) and abs(value) > 2:
                continue
            yield (
                node,
                lambda n, other=other: ast.Constant(other),
                "one constant is another",
                STEPS,
            )
    if isinstance(node, ast.Slice):
        if node.lower is not None:
            yield node, _with(lower=None), "a slice starts too early", ENDS
        if node.upper is not None:
            yield node, _with(upper=None), "a slice ends too late", ENDS


def _name_edits(node, names):
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
        for other in names:
            if other != node.id:
                yield node, _with(id=other), f"{other} stands in one place where {node.id} should", LETTERS
