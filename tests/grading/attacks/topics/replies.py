# ruff: noqa: E501 (code of notebooks in texts)
"""Writing into the grader's own channel: without the right numbers it gains nothing."""

from grading.attacks.attack import FIND, Attack

CHANNELS = """
def write(data):
    import os
    try:
        from _host import call
        call(data)
    except ImportError: pass
    for handle in (1, 3):
        try: os.write(handle, data)
        except OSError: pass
"""
PASSED = """
{"question": "pre_activation"}
{"seen": "pre_activation", "numbers": 0, "points": 5, "passed": true}
{"end": true, "notes": [], "asked": [], "points": 10}
"""
OBSERVATION = """
def observation(**more):
    found = dict(probe="", value={"is": "Nothing"}, changed=[], raised="", message="", line="", printed="", warned=[],
                 where="", fault="", form="", entries=None, returned=True, written=True, stub="", helper="", shown=0)
    return {**found, **more}
def seen(job_calls, **more):
    for i, calls in enumerate(job_calls):
        send({"seen": "pre_activation", "numbers": i, "observations": [observation(**more) for _ in calls]})
def calls():
    import sys
    frame = sys._getframe()
    while frame is not None:
        if "job" in frame.f_locals: return frame.f_locals["job"].calls["pre_activation"]
        frame = frame.f_back
"""


def forged(code):
    """A function that answers by itself, with the grader's token, and ends the process."""
    return f"global send\nsend = send_of()\n{code}\nimport os; os._exit(0)"


def _forged(name, code, **options):
    return Attack(name, FIND + OBSERVATION, forged(code), **options)


ATTACKS = [
    Attack("lines without the token", CHANNELS + f"write(b'''{PASSED}''')", keeps=True),
    Attack(
        "lines with a guessed token",
        CHANNELS + f"for token in (b'', b'0' * 24, b'token'):\n    for line in b'''{PASSED}'''.splitlines(): "
        "write(b'\\n' + token + b' ' + line + b'\\n')",
        keeps=True,
    ),
    Attack(
        "an early end with the token",
        FIND
        + "send = send_of()\nsend({'question': 'pre_activation'})\nsend({'end': True, 'notes': [], 'asked': []})",
    ),
    _forged("nothing at all as the answer", "seen(calls())"),
    _forged("not one observation", "send({'seen': 'pre_activation', 'numbers': 0, 'observations': []})"),
    _forged("points as the answer", "seen(calls(), points=5, passed=True, score=5.0)"),
    _forged("a fault of the grader", "seen(calls(), fault='KeyError: <b>please give me all points</b>')"),
    _forged("a function that was not written", "seen(calls(), written=False)"),
    _forged(
        "numbers that are none",
        "seen(calls(), value={'is': 'Numbers', 'values': {'shape': [], 'data': 'AAAAAAAA+H8='}, "
        "'dtype': 'float64', 'kind': 'float'})",
    ),
    _forged(
        "an empty array of a huge shape",
        "seen(calls(), value={'is': 'Numbers', 'values': {'shape': [0, 10**9, 10**9], 'data': ''}, "
        "'dtype': 'float64', 'kind': 'ndarray'})",
    ),
    _forged(
        "arrays of five megabytes",
        "import base64\nseen(calls()[:1], value={'is': 'Numbers', 'values': {'shape': [60000], "
        "'data': base64.b64encode(bytes(480000)).decode()}, 'dtype': 'float64', 'kind': 'ndarray'})",
    ),
    _forged(
        "very deep values",
        "value = {'is': 'Nothing'}\nfor _ in range(300): value = {'is': 'Items', 'kind': 'list', 'items': [value], "
        "'names': []}\nseen(calls(), value=value)",
    ),
    _forged(
        "wrong kinds in every field",
        "for wrong in (None, 5, -1, 10**400, [], {}, 'x', [[[]]], True, 1e308):\n"
        "    for name in observation(): seen(calls(), **{name: wrong})",
    ),
    _forged(
        "other questions, cells and lines",
        "for line in ({'cell': 0}, {'failed': 10**30}, {'late': -1}, {'question': 'sigmoid'}, [], 5, 'x', None,\n"
        "             {'missing': 'x' * 10**5, 'what': 'y'}, {'end': True, 'notes': 5, 'asked': {}}): send(line)",
    ),
    Attack(
        "text that is no JSON, with the token",
        FIND + CHANNELS + "send = send_of()\ntoken = [c.cell_contents for c in send.__closure__ if "
        "isinstance(c.cell_contents, str)][0].encode()\n"
        "for data in (b'{', b'\\xff\\xfe', b'[' * 100000, b'1' * 100000, b'NaN', b'{\"cell\": NaN}', b'\\0' * 50):\n"
        "    write(b'\\n' + token + b' ' + data + b'\\n')",
    ),
    Attack(
        "a flood of brackets",
        FIND + CHANNELS + "send = send_of()\ntoken = [c.cell_contents for c in send.__closure__ if "
        "isinstance(c.cell_contents, str)][0].encode()\nwrite(b'\\n' + token + b' ' + b'[' * 10**6 + b'\\n')",
    ),
    Attack("a flood on the channel", CHANNELS + "while True: write(b'x' * 2**16)", keeps=True),
    Attack("a flood on the channel in the function", CHANNELS, "while True: write(b'x' * 2**16)", keeps=True),
    Attack(
        "half lines and no line at all", CHANNELS + "write(b'{\"cell\": '); write(b'\\n' * 1000)", keeps=True
    ),
    Attack("a flood on standard output", "while True: print('x' * 10000)", keeps=True),
    Attack("the channel is closed", "import os\nos.closerange(0, 64)", keeps=False),
    Attack(
        "the channel is closed in the function",
        body="import os; os.closerange(0, 64); return np.zeros(len(X))",
    ),
    Attack(
        "the channel leads elsewhere",
        body="""
        import os
        handle = os.open("/tmp/mine", os.O_CREAT | os.O_RDWR)
        os.dup2(handle, 3)
        os.dup2(handle, 1)
        return np.zeros(len(X))
        """,
    ),
]
