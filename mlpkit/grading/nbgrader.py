"""An nbgrader course: submitted/ is read, scores go into its gradebook, pages into feedback/.

nbgrader runs nothing of a submission: it only keeps the results, through its own `Gradebook`. Points and
comments that were given there by hand stay.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from mlpkit.grading.errors import OtherSystemError
from mlpkit.grading.gradebook import Course, due_dates, notebooks_of, save
from mlpkit.grading.records import GRADED, Graded, Submission
from mlpkit.grading.results.files import Folder
from mlpkit.grading.results.visible import in_one_line
from mlpkit.grading.submissions import Found, load
from mlpkit.grading.submissions.found import with_keys
from mlpkit.grading.submissions.layouts.nbgrader import STAMP, iso
from mlpkit.grading.submissions.reading import chosen
from mlpkit.grading.submissions.tree import folder, left_out, real

Grade = Callable[[list[Submission], tuple[str, ...]], list[Graded]]
SECRET = "submission_secret.txt"  # from which nbgrader makes the names of released pages
OTHERS = "not a notebook of the assignment, left out: {}"


def grade_course(course: Path, assignment: str, grade: Grade, say: Callable[[str], Any] = print) -> int:
    """Grade an assignment of a course -> 0, or 1 where a submission was not graded.

    `grade` is called with the submissions and the questions of the assignment, and gives a result for each
    submission. OtherSystemError: nbgrader is not installed, there is no such course, assignment or
    submission, or the gradebook cannot be used.
    """
    place = Course(Path(course))
    with place.gradebook() as book:
        notebooks, asked = notebooks_of(book, assignment)
        due = due_dates(book, assignment)
        enrolled = {student.id for student in book.students}
    found = handed_in(place.submitted, assignment, notebooks)
    if not found:
        raise OtherSystemError(
            f"{place.submitted} has no submission of {assignment}: nbgrader collect or nbgrader zip_collect "
            "puts them there, as STUDENT/ASSIGNMENT/NOTEBOOK.ipynb"
        )
    submissions = [_with_lateness(load(one), due.get(one.original, due[""])) for one in found]
    records = {record.student: record for record in grade(submissions, asked)}
    others: set[str] = set()
    with place.gradebook() as book:
        for one in found:
            others |= save(book, place, assignment, one, records[one.student])
    for one in found:
        _write_feedback(place, assignment, one, records[one.student], notebooks)
    say(_summary(assignment, place, found, records, enrolled - {one.original for one in found}, others))
    return 1 if any(record.status != GRADED for record in records.values()) else 0


def _with_lateness(submission, due):
    if not submission.sent or due is None:
        return submission
    sent = datetime.fromisoformat(submission.sent).replace(tzinfo=None)
    return replace(submission, late=sent > due)


def handed_in(submitted: Path, assignment: str, notebooks: list[str]) -> list[Found]:
    """The students with a folder for this assignment, with its notebooks; all files where there is none."""
    found = []
    students = sorted(submitted.iterdir()) if submitted.is_dir() else []
    for student in students:
        place = student / assignment
        if (
            left_out(student.name)
            or not is_utf8(student.name)
            or student.is_symlink()
            or place.is_symlink()
            or not place.is_dir()
        ):
            continue
        others: list[str] = []
        files = chosen(folder(real(place)), others)
        expected = [file for file in files if file.parts in {(f"{name}.ipynb",) for name in notebooks}]
        ignored = [in_one_line("/".join(file.parts), 100) for file in files if file not in expected]
        notes = (OTHERS.format(", ".join(ignored[:5])),) if expected and ignored else ()
        found.append(
            Found(
                student.name,
                "nbgrader",
                tuple(expected or files),
                sent=_stamp(place / STAMP),
                notes=notes,
                others=tuple(others[:50]),
            )
        )
    return with_keys(found)


def is_utf8(name: str) -> bool:
    """Whether a database can hold this name of a folder."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _stamp(path):
    """nbgrader's time of a submission as an ISO time in UTC, or ""."""
    try:
        if path.is_symlink():
            return ""
        with path.open(encoding="utf-8", errors="replace") as file:
            text = iso(file.read(200))
    except OSError:
        return ""
    if not text:
        return ""
    from datetime import UTC

    time = datetime.fromisoformat(text)
    return (time if time.tzinfo is None else time.astimezone(UTC)).replace(tzinfo=UTC).isoformat()


def _write_feedback(place, assignment: str, one: Found, record: Graded, notebooks: list[str]):
    """The student's page, named after each notebook handed in, with what nbgrader release_feedback needs."""
    from mlpkit.grading.pages import student_page

    page = student_page(record, assignment).encode()
    names = [name for name in notebooks if any(file.parts == (f"{name}.ipynb",) for file in one.files)]
    files = {f"{name}.html": page for name in names or notebooks[:1]}
    with Folder(place.submitted / one.original / assignment, make=False) as submitted:
        for name in (STAMP, SECRET):
            if name in submitted.names() and (content := submitted.read(name)) is not None:
                files[name] = content[:1000]
    with (
        Folder(place.feedback) as top,
        top.folder(one.original) as student,
        student.folder(assignment) as own,
    ):
        own.write(files, sync=False)


def _summary(assignment, place, found, records, absent, others):
    """What was done, in lines."""
    missing = [one for one in found if records[one.student].status != GRADED]
    late = sum(records[one.student].late for one in found)
    lines = [
        f"{len(found) - len(missing)} of {len(found)} submissions of {assignment} are in {place.url}"
        + (f", {late} of them late" if late else ""),
        f"pages for students: {place.feedback}; nbgrader release_feedback {assignment} hands them out",
    ]
    if missing:
        names = ", ".join(in_one_line(one.original, 40) for one in missing[:10])
        lines.append(f"not graded, their scores there are as they were: {names}")
    if absent:
        lines.append(f"handed in nothing: {', '.join(in_one_line(name, 40) for name in sorted(absent)[:10])}")
    if others:
        lines.append(
            f"cells that are no question of mlpkit, to be graded by hand: {', '.join(sorted(others))}"
        )
    broken = [one.name for one in place.submitted.iterdir() if not is_utf8(one.name)]
    if broken:
        names = ", ".join(in_one_line(name, 40) for name in broken[:10])
        lines.append(f"left out, since no gradebook can hold a name that is not UTF-8: rename {names}")
    totals = [one.original for one in found if records[one.student].by_hand("") is not None]
    if totals:
        names = ", ".join(in_one_line(name, 40) for name in totals[:10])
        lines.append(f"a total given by hand in overrides.csv is not in the gradebook: {names}")
    return "\n".join(lines)
