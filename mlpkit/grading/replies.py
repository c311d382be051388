"""What a sandbox sent back, read with suspicion: lines of JSON -> what is known of a submission.

The reply comes from the process in which the student's code ran. Every field is checked, cut and counted; a
line that does not belong where it stands makes the whole reply count as changed by the submission.
"""

import json
import math
from dataclasses import dataclass, field

from mlpkit.exercises.sandboxed.plain import Items, Nothing, Numbers, from_json
from mlpkit.exercises.sandboxed.run import Observation
from mlpkit.grading.guest.job import Job

LISTS = 300_000  # brackets in one reply: each becomes an object that takes memory
LARGEST = 400_000  # characters of one value: arrays of about 30 000 numbers
NUMBERS = 100_000  # of one array, an axis of length 0 counted as one
TEXTS = ("raised", "message", "line", "printed", "where", "fault", "form", "stub", "helper")
LENGTHS = {"printed": 2000, "message": 300, "fault": 600}


@dataclass
class Transcript:
    """What happened to one job.

    `failed`: cell -> what it raised; `seen`: question -> one list of observations for each set of numbers;
    `missing`: question -> what stands there instead, or ""; `open_cell`, `open_question`: where the reply
    ends although it should not. `changed`: the submission has written into the reply itself.
    """

    failed: dict[int, dict] = field(default_factory=dict)
    seen: dict[str, list[list[Observation]]] = field(default_factory=dict)
    packed: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    open_cell: int | None = None
    open_question: str | None = None
    late: int | None = None
    ended: bool = False
    begun: bool = False
    changed: bool = False
    notes: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


def transcript(sent: bytes, job: Job) -> Transcript:
    """Read the reply to a job; nothing in it raises.

    >>> transcript(b"t {\\"cell\\": 0}\\nnoise", Job("t", ("x = 1",), {})).open_cell
    0
    """
    found = Transcript()
    if sent.count(b"[") + sent.count(b"{") > LISTS:
        found.changed = True
        return found
    start = job.token.encode() + b" "
    lines = sent.split(b"\n")
    for number, line in enumerate(lines):
        if not line.startswith(start):
            continue
        try:
            _read(json.loads(line[len(start) :]), found, job)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, IndexError, OverflowError):
            if number < len(lines) - 1:  # the last one may have been cut off
                found.changed = True
                break
    return found


def _read(line, found, job):
    if found.ended:
        raise ValueError("a line after the end")
    found.begun = True
    if "cell" in line:
        number = _below(line["cell"], len(job.cells))
        if found.seen or found.missing or (found.open_cell is not None and number <= found.open_cell):
            raise ValueError("a cell that is not next")
        found.open_cell = number
    elif "failed" in line:
        number = _below(line["failed"], len(job.cells))
        if number != found.open_cell:
            raise ValueError("not the cell that runs")
        found.failed[number] = {
            "raised": _text(line["raised"], 100),
            "message": _text(line["message"], 300),
            "line": _below(line["line"], 10**9),
        }
    elif "late" in line:
        found.late = _below(line["late"], len(job.cells))
    elif "question" in line:
        name = _next_question(line["question"], found, job)
        found.open_question, found.open_cell = name, None
        found.seen[name] = []
    elif "seen" in line:
        _observed(line, found, job)
    elif "missing" in line:
        name = _next_question(line["missing"], found, job)
        found.open_cell = None
        found.missing[name] = _text(line["what"], 200)
    elif "end" in line:
        found.notes = tuple(_text(note, 200) for note in line["notes"][:20])
        found.asked = tuple(_text(name, 100) for name in line["asked"][:5])
        found.ended, found.open_cell = True, None
    else:
        raise ValueError("an unknown line")


def _next_question(name, found, job):
    if (
        found.open_question is not None
        or name not in job.calls
        or name in found.seen
        or name in found.missing
    ):
        raise ValueError("not a question that is next")
    return name


def _observed(line, found, job):
    name, number = line["seen"], line["numbers"]
    asked = job.calls[name]
    if name != found.open_question or number != len(found.seen[name]) or number >= len(asked):
        raise ValueError("not the question that runs")
    given = line["observations"]
    if len(given) != len(asked[number]):
        raise ValueError("not one observation for each call")
    found.seen[name].append([_observation(one, call) for one, call in zip(given, asked[number], strict=True)])
    if number == 0:
        found.packed[name] = json.dumps(given)
    if len(found.seen[name]) == len(asked):
        found.open_question = None


def _observation(found, call):
    """One observation, every field of the right kind."""
    value, entries = found["value"], found["entries"]
    if sum(len(json.dumps(one)) for one in (value, entries)) > 2 * LARGEST:
        raise ValueError("more than an answer can be")
    value = _sized(from_json(value))
    return Observation(
        call.probe,
        Nothing() if value is None else value,
        changed=tuple(_below(number, 100) for number in found["changed"][:100]),
        warned=tuple(_text(text, 200) for text in found["warned"][:20]),
        entries=None if entries is None else _sized(from_json(entries)),
        returned=found["returned"] is True,
        written=found["written"] is True,
        shown=_below(found["shown"], 10**9),
        **{name: _text(found[name], LENGTHS.get(name, 300)) for name in TEXTS},
    )


def _sized(value):
    """The same plain data; ValueError for what `plain` never makes: names without entries, endless axes."""
    if isinstance(value, Numbers) and math.prod(max(n, 1) for n in value.values.shape) > NUMBERS:
        raise ValueError("an array of no such shape")
    if isinstance(value, Items):
        if len(value.names) != (len(value.items) if value.kind == "dict" else 0):
            raise ValueError("not one name for each entry")
        for entry in value.items:
            _sized(entry)
    return value


def _below(number, limit):
    if type(number) is not int or not 0 <= number < limit:
        raise ValueError("not a number of that range")
    return number


def _text(text, most):
    if not isinstance(text, str):
        raise TypeError("not a text")
    return text[:most].encode("utf-8", "replace").decode("utf-8")
