"""The gradebook of an nbgrader course: its assignments are looked up, scores and comments are kept in it.

All of it goes through nbgrader's own `Gradebook`.
"""

import html
import warnings
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from mlpkit.exercises.course import CONFIG
from mlpkit.exercises.registry import questions
from mlpkit.grading.errors import OtherSystemError
from mlpkit.grading.records import Graded
from mlpkit.grading.results.tables import points_of
from mlpkit.grading.results.visible import visible
from mlpkit.grading.submissions import Found


class Course:
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


def notebooks_of(book, assignment) -> tuple[list[str], tuple[str, ...]]:
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


def due_dates(book, assignment) -> dict[str, datetime | None]:
    """When the assignment is due, for students with an extension and, as "", for all others (UTC)."""
    due = {one.student.id: one.duedate for one in book.assignment_submissions(assignment)}
    return due | {"": book.find_assignment(assignment).duedate}


def save(book, place, assignment, one: Found, record: Graded) -> set[str]:
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
