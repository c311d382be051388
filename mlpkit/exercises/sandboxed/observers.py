"""Observers: how a function is run and what is observed. `observer(function, arguments) -> any value`.

What is returned is reduced by `plain`. A set that needs more has a file of its own here, `ex06.py`, and
names it `ex06.observer`.
"""


def call(function, arguments):
    """The returned value: right for most questions."""
    return function(*arguments)
