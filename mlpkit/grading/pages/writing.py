"""All pages into the folder of results."""

from collections.abc import Iterable, Sequence

from mlpkit.exercises.registry import question as record_of
from mlpkit.grading.pages import classroom, student
from mlpkit.grading.pages.html import beginning
from mlpkit.grading.pages.names import page_names
from mlpkit.grading.records import Graded
from mlpkit.grading.results.files import Folder, ResultsError
from mlpkit.grading.similarity import groups, known_forms

STUDENTS, CLASS = "students", "class.html"


def write_pages(
    folder, records: Iterable[Graded], questions: Sequence[str], title: str = "", problems: Sequence[str] = ()
) -> None:
    """Write `students/<student>.html` and `class.html` into a folder of results, each whole or not at all.

    `title` is the exercise's, `problems` are those of `overrides.csv`. Pages of students who are gone are
    removed where mlpkit made them. ResultsError where the folder cannot be written.
    """
    records = list(records)
    names = page_names(record.student for record in records)
    pages = {names[one.student]: student.student_page(one, title).encode() for one in records}
    similar = groups(records, {name: known_forms(record_of(name)) for name in questions})
    page = classroom.class_page(records, questions, title, similar, problems, names)
    with Folder(folder) as opened:
        with opened.folder(STUDENTS) as inside:
            inside.write(pages, sync=False)
            for name in inside.names():
                if name.endswith(".html") and name not in pages and _ours(inside, name):
                    inside.remove(name)
        opened.write({CLASS: page.encode()}, sync=False)


def _ours(folder, name):
    """Whether a file begins as our pages do."""
    try:
        return (folder.read(name) or b"").startswith(beginning(student.MADE).encode())
    except ResultsError:
        return False
