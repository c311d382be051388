"""What nbgrader needs beside a master: its configuration, and the lectures that the notebooks link.

`mlpkit exercises build --course DIR` writes it. In the repository a master finds the lectures two folders
above itself; a student of a course gets the folder of one assignment and nothing else. So each assignment
takes the lectures along, in a folder of its own, and its links lead there.
"""

import re
from pathlib import Path

CONFIG = "nbgrader_config.py"
TEXT = '''"""nbgrader's configuration of this course. Yours to edit: mlpkit writes it once only."""

import os
import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent

c = get_config()  # noqa: F821  (nbgrader puts it in)
c.CourseDirectory.root = str(HERE)
c.CourseDirectory.course_id = "{course_id}"

# Where assignments are released and handed in. A JupyterHub has such a folder for everybody; without one it
# is a folder of this course.
if "JUPYTERHUB_USER" not in os.environ and not Path("/usr/local/share/nbgrader/exchange").is_dir():
    c.Exchange.root = str(HERE / "exchange")


def add_lectures(assignment, student, notebooks):
    """Put the lectures beside the students' notebook: nbgrader itself leaves notebooks in subfolders out."""
    source, release = (HERE / step / assignment / "lectures" for step in ("source", "release"))
    shutil.copytree(source, release, dirs_exist_ok=True)


c.GenerateAssignment.post_convert_hook = add_lectures
'''


def assignment(course: Path, name: str, master: str, lectures: Path) -> list[tuple[Path, str]]:
    """The files of the assignment `name` as (path, text): the master's text and the lectures, links adapted.

    In a lecture a link to a set of exercises leads to that assignment, which lies beside this one.
    """
    folder = Path(course) / "source" / name
    files = [(folder / f"{name}.ipynb", master.replace("](../../lectures/", "](lectures/"))]
    for path in sorted(Path(lectures).glob("*.ipynb")):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"\]\(\.\./exercises/student/(ex\w+)\.ipynb", r"](../../\1/\1.ipynb", text)
        files.append((folder / "lectures" / path.name, text))
    return files


def configuration(course: Path) -> str:
    """The text of the course's nbgrader_config.py; the course is called like its folder."""
    name = re.sub(r"[^\w-]+", "-", Path(course).resolve().name).strip("-") or "course"
    return TEXT.format(course_id=name)


def configure(course: Path) -> str:
    """Write nbgrader_config.py where there is none -> what was done, in one line."""
    place = Path(course) / CONFIG
    if place.exists():
        return (
            f"{place} is there already and stays as it is; for course id, exchange and the lectures beside "
            "each assignment compare it with what an empty folder gets"
        )
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(configuration(course), encoding="utf-8", newline="\n")
    return f"{place} written: now run nbgrader generate_assignment in that folder"
