"""A function that is written and gives nothing: no `return`, a left-over `raise`, a helper that is not there."""

from mlpkit.exercises.sandboxed.plain import Nothing
from mlpkit.exercises.sandboxed.run import Observation

BELOW = "What stands below it is never reached: delete that line."
LAZY = {
    "generator": "a generator: there is a `yield`, or ( … for … ) in the place of [ … for … ]",
    "coroutine": "a coroutine, because your function starts with `async`",
    "async generator": "an asynchronous generator, because of `async` and `yield`",
    "function": "a function: was it to be called, with brackets and arguments?",
    "method": "a method: are its brackets missing?",
    "class": "a class: are its brackets missing?",
}
ITERATORS = (
    "map",
    "zip",
    "filter",
    "range",
    "enumerate",
    "reversed",
    "list_iterator",
    "dict_keys",
    "dict_values",
)


def unfinished(question, seen: list[Observation], wanted: list[Observation]) -> str:
    """What is missing, in one or two sentences; "" where every call gave something that can be compared."""
    for say in (_left_over, _without_return, _lazy):
        if text := say(question, seen, wanted):
            return text
    return ""


def _left_over(question, seen, wanted):
    """`raise NotImplementedError`, in the function or in a helper."""
    for o in seen:
        if o.raised != "NotImplementedError":
            continue
        if o.where and o.where != question.name:
            return f"{o.where} is not written yet, and your function calls it ({o.line}). Write {o.where} first, and run its cell."
        if o.stub:
            some = "" if all(one.raised for one in seen) else "Some inputs still lead to it. "
            return (
                f"`raise NotImplementedError` is still there, in {o.stub.partition(':')[0]}. {some or BELOW}"
            )
    return ""


def _without_return(question, seen, wanted):
    """None where a value is asked for."""
    empty = [
        i
        for i, (o, right) in enumerate(zip(seen, wanted, strict=True))
        if _nothing(o) and not _nothing(right)
    ]
    if not empty:
        return ""
    first = seen[empty[0]]
    if first.helper:
        return f"Your function returns what {first.helper} returns, and that is None: {first.helper} has no `return` with a value."
    if not first.returned and first.printed:
        return "Your function prints its result and returns nothing. What is printed is for people: give the value back with `return`."
    if not first.returned:
        return "Your function computes something and returns nothing. Which line gives the result back?"
    if len(empty) < len(seen):
        some = "; ".join(question.probes[i].about or question.probes[i].name for i in empty[:3])
        return (
            f"For some inputs your function ends without a `return` ({some}). Which way through it has none?"
        )
    return "Your function returns None. Does the value that you return come from something that works in place, such as list.append, list.sort or rng.shuffle?"


def _nothing(o):
    return not o.raised and isinstance(o.value, Nothing)


def _lazy(question, seen, wanted):
    """Something that would have to be called, awaited or gone through first."""
    form = seen[0].form
    if any(o.form != form for o in seen) or any(o.raised for o in seen):
        return ""
    if form in LAZY and wanted[0].form != form:
        return f"You return {LAZY[form]}"
    if form in ITERATORS and wanted[0].form not in ITERATORS:
        return f"You return a {form}, which gives its entries one by one when it is asked; np.array or list makes values of it"
    return ""
