"""`results.json` from a result: fields that the student may see, as plain text."""

from mlpkit.exercises.registry import question
from mlpkit.grading.records import GRADED, Answer, Graded
from mlpkit.grading.results.visible import in_one_line, visible

MOST = 4000  # characters of one text
STATES = {
    "passed": "Right.",
    "not yet right": "Not yet right.",
    "not written yet": "Not written yet.",
    "stopped": "Stopped.",
    "missing": "Not found.",
}


def results_json(record: Graded, questions: tuple[str, ...] = (), seconds: float | None = None) -> dict:
    """The object of `results.json`: a test for each question, with its points and what `check` says.

    `questions`: those that were asked, for the points that there were where the submission could not be read;
    `seconds`: how long it took. Every text is plain text for Gradescope, which shows it as it is.
    """
    tests = [_test(number, answer) for number, answer in enumerate(record.answers, 1)]
    said = [visible(note, 300) for note in record.notes[:20]]
    if record.status != GRADED:
        of = float(sum(question(name).points for name in questions))
        tests = [_as_test("1", "your submission", 0.0, of, False, f"It could not be read: {record.reason}")]
        said = ["Nothing was graded. Hand in the notebook (.ipynb) again.", *said]
    results = {
        "score": float(sum(test["score"] for test in tests)),
        "output": visible("\n".join(said), MOST),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"content": record.content},
        "tests": tests,
    }
    return results if seconds is None else {**results, "execution_time": round(seconds, 1)}


def _test(number, answer: Answer):
    parts = [STATES.get(answer.status, answer.status), answer.explanation]
    if answer.hint:
        parts.append(f"Hint: {answer.hint}")
    parts += [
        f"  {row.points:g} of {row.of:g}  {in_one_line(row.name, 200)}"
        + (f": {in_one_line(row.description, 300)}" if row.description else "")
        for row in answer.rows
    ]
    if answer.call:
        parts.append(f"A call that shows it:\n{answer.call}")
    parts += [f"Note: {note}" for note in answer.notes]
    text = "\n".join(part for part in parts if part)
    passed = answer.status == "passed"
    return _as_test(str(number), answer.question, answer.points, answer.of, passed, text)


def _as_test(number, name, points, of, passed, text):
    return {
        "number": number,
        "name": name,
        "name_format": "text",
        "score": float(points),
        "max_score": float(of),
        "status": "passed" if passed else "failed",
        "output": visible(text, MOST),
        "output_format": "text",
        "visibility": "visible",
    }
