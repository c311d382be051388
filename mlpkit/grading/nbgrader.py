"""An nbgrader course: submitted/ is read, scores go into its gradebook, pages into feedback/.

nbgrader runs nothing of a submission: it only keeps the results, through its own `Gradebook`. Points and
comments that were given there by hand stay.
"""

import html
import warnings
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from mlpkit.exercises.course import CONFIG
from mlpkit.exercises.registry import questions
from mlpkit.grading.errors import OtherSystemError
from mlpkit.grading.records import GRADED, Graded, Submission
from mlpkit.grading.results.files import Folder
from mlpkit.grading.results.tables import points_of
from mlpkit.grading.results.visible import in_one_line, visible
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
    place = _Course(Path(course))
    with place.gradebook() as book:
        notebooks, asked = _notebooks(book, assignment)
        due = _due(book, assignment)
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
            others |= _save(book, place, assignment, one, records[one.student])
    for one in found:
        _write_feedback(place, assignment, one, records[one.student], notebooks)
    say(_summary(assignment, place, found, records, enrolled - {one.original for one in found}, others))
    return 1 if any(record.status != GRADED for record in records.values()) else 0


class _Course:
    """The folders and the gradebook of a course, as its nbgrader_config.py has them."""

    def __init__(self, root: Path):
        try:
            from nbgrader.coursedir import CourseDirectory
            from traitlets.config import Config
            from traitlets.config.loader import PyFileConfigLoader
        except ImportError as error:
            raise OtherSystemError("--nbgrader needs nbgrader", extra="instructor") from error
        if not root.is_dir():
            raise OtherSystemError(f"{root} is no folder: give that of an nbgrader course, with its {CONFIG}")
        self.config = Config()
        if (root / CONFIG).is_file():
            try:
                self.config = PyFileConfigLoader(CONFIG, path=str(root)).load_config()
            except Exception as error:  # the instructor's own program
                raise OtherSystemError(f"{root / CONFIG} cannot be used: {error!r:.300}") from error
        self.config.CourseDirectory.setdefault("root", str(root.resolve()))
        folders = CourseDirectory(config=self.config)
        self.name, self.url = folders.course_id, folders.db_url
        self.submitted = Path(folders.root) / folders.submitted_directory
        self.feedback = Path(folders.root) / folders.feedback_directory

    @contextmanager
    def gradebook(self):
        """The gradebook; OtherSystemError where there is none or the database has a fault."""
        from nbgrader.api import Gradebook, InvalidEntry
        from sqlalchemy.exc import SAWarning, SQLAlchemyError

        file = Path(self.url.removeprefix("sqlite:///"))
        if self.url.startswith("sqlite:///") and not file.is_file():
            raise OtherSystemError(
                f"there is no gradebook {file}: run nbgrader generate_assignment in the course's folder first"
            )
        try:
            with warnings.catch_warnings(), Gradebook(self.url, self.name) as book:
                warnings.simplefilter("ignore", SAWarning)  # about nbgrader's own way to add a submission
                yield book
        except (SQLAlchemyError, InvalidEntry) as error:
            raise OtherSystemError(
                f"the gradebook {self.url} cannot be used ({type(error).__name__}: {error!s:.200}): close "
                "other programs that write into it, run nbgrader db upgrade where nbgrader is newer than it, "
                "and run the same command again"
            ) from error


def _notebooks(book, assignment) -> tuple[list[str], tuple[str, ...]]:
    """The notebooks of an assignment and its questions; OtherSystemError where none is mlpkit's."""
    from nbgrader.api import MissingEntry

    try:
        known = book.find_assignment(assignment)
    except MissingEntry as error:
        names = ", ".join(sorted(one.name for one in book.assignments)) or "there is none yet"
        raise OtherSystemError(
            f"the gradebook has no assignment {assignment!r}; its assignments: {names}. "
            "nbgrader generate_assignment puts one there"
        ) from error
    names = [question_of(cell.name) for notebook in known.notebooks for cell in notebook.grade_cells]
    asked = tuple(name for name in questions() if name in names)
    if not asked:
        raise OtherSystemError(
            f"no graded cell of {assignment!r} belongs to a question of mlpkit: such cells are called like "
            "neuron-check, as mlpkit exercises build --course makes them"
        )
    return [notebook.name for notebook in known.notebooks], asked


def question_of(cell: str) -> str:
    """The question to which a graded cell or a solution belongs, by the cell's name, or "".

    >>> question_of("pre-activation-check"), question_of("pre-activation"), question_of("essay")
    ('pre_activation', 'pre_activation', '')
    """
    name = cell.removesuffix("-check").replace("-", "_")
    return name if name in questions() else ""


def _due(book, assignment) -> dict[str, datetime | None]:
    """When the assignment is due, for students with an extension and, as "", for all others (UTC)."""
    due = {one.student.id: one.duedate for one in book.assignment_submissions(assignment)}
    return due | {"": book.find_assignment(assignment).duedate}


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
        if left_out(student.name) or student.is_symlink() or place.is_symlink() or not place.is_dir():
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


def _save(book, place, assignment, one: Found, record: Graded) -> set[str]:
    """Scores and comments of one student -> names of cells that somebody has to grade by hand."""
    more = {"timestamp": one.sent} if one.sent else {}
    book.update_or_create_student(one.original)
    submission = book.update_or_create_submission(assignment, one.original, **more)
    by_hand = set()
    for notebook in submission.notebooks:
        for grade in _grades(notebook):
            before, name = grade.auto_score, question_of(grade.name)
            points = points_of(record, name) if name else None
            if points is not None:
                grade.auto_score = points * float(grade.cell.max_score) / questions()[name].points
                grade.needs_manual_grade = grade.manual_score is not None and before != grade.auto_score
            elif grade.auto_score is None and grade.manual_score is None:
                grade.needs_manual_grade = True
            if not name:
                by_hand.add(grade.name)
        for comment in notebook.comments:
            if name := question_of(comment.name):
                comment.auto_comment = _comment(record, name)
    book.db.commit()
    _penalise(book, place.config, submission)
    return by_hand


def _grades(notebook):
    """The grades of a submitted notebook, one for each graded cell that the assignment has now."""
    from nbgrader.api import Grade

    known = {grade.cell_id for grade in notebook.grades}
    for cell in (*notebook.notebook.grade_cells, *notebook.notebook.task_cells):
        if cell.id not in known:
            Grade(cell_id=cell.id, cell=cell, notebook=notebook)
    return list(notebook.grades)


def _comment(record: Graded, name: str) -> str | None:
    """What is said about an answer, as Markdown without HTML: nbgrader shows comments as HTML."""
    answer = record.answer(name)
    if answer is None or answer.status == "passed":
        return None
    given = [one.comment for one in record.overrides if one.question == name and one.comment]
    parts = [answer.explanation, answer.hint and f"Hint: {answer.hint}", *given]
    return html.escape(visible("\n\n".join(part for part in parts if part), 2000), quote=False) or None


def _penalise(book, config, submission):
    """The penalty for a late submission, by the plugin that the course has chosen."""
    from nbgrader.preprocessors import AssignLatePenalties

    assigning = AssignLatePenalties(config=config)
    assigning.init_plugin()
    plugin: Any = assigning.plugin_inst
    late = submission.total_seconds_late
    for notebook in submission.notebooks:
        penalty = None
        if late > 0:
            notebook.late_submission_penalty = None
            book.db.commit()
            score = notebook.score
            penalty = plugin.late_submission_penalty(submission.student.id, score, late)
        notebook.late_submission_penalty = None if penalty is None else min(max(0.0, penalty), notebook.score)
    book.db.commit()


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
    totals = [one.original for one in found if records[one.student].by_hand("") is not None]
    if totals:
        names = ", ".join(in_one_line(name, 40) for name in totals[:10])
        lines.append(f"a total given by hand in overrides.csv is not in the gradebook: {names}")
    return "\n".join(lines)
