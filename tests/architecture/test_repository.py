"""What must hold for the files of the repository, whatever they say."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

import mlpkit

CHECKOUT = Path(__file__).resolve().parents[2]
LONGEST, HEAVIEST_NOTEBOOK = 400, 100_000

# Built from pieces, so that this file passes its own check.
NOT_HERE = [
    r"py" + r"pi\.org",
    r"pythonhosted" + r"\.org",
    r"registry\.npm" + r"js",
    r"deb\.deb" + r"ian\.org",
    r"/ro" + r"ot/",
    r"/wo" + r"rk/",
    r"/ho" + r"me/[a-z]",
    r"/Us" + r"ers/[a-z]",
    r"extra-ind" + r"ex-url",
]


def files():
    """The files of the repository: those that git knows, and new ones that it does not ignore."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"the list of files comes from git, which says: {done.stderr.strip()}")
    paths = [CHECKOUT / name for name in done.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def text_of(path):
    """The text of a file, or nothing for a picture."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def read(name):
    return (CHECKOUT / name).read_text(encoding="utf-8")


def test_no_file_names_a_package_registry_or_a_folder_of_somebodys_machine():
    pattern = re.compile("|".join(NOT_HERE))
    found = {str(p.relative_to(CHECKOUT)): match[0] for p in files() if (match := pattern.search(text_of(p)))}
    assert not found


@pytest.mark.parametrize("text", ["https://py" + "pi.org/simple", "/ho" + "me/ann/x", "/ro" + "ot/.venv"])
def test_the_check_of_names_notices_one(text):
    assert re.search("|".join(NOT_HERE), text)


def test_no_source_file_is_longer_than_can_be_read():
    sources = [path for path in files() if path.suffix in {".py", ".js"}]
    assert len(sources) > 20
    long = {path.name: n for path in sources if (n := len(text_of(path).splitlines())) > LONGEST}
    assert not long


def test_no_notebook_is_heavy():
    notebooks = [path for path in files() if path.suffix == ".ipynb"]
    assert notebooks
    heavy = {path.name: path.stat().st_size for path in notebooks if path.stat().st_size > HEAVIEST_NOTEBOOK}
    assert not heavy


def test_the_version_is_the_same_everywhere():
    assert yaml.safe_load(read("CITATION.cff"))["version"] == mlpkit.__version__
    newest = re.search(r"^## (\S+)", read("CHANGELOG.md"), re.M)[1]
    assert newest == mlpkit.__version__


def test_the_licences_are_those_that_the_package_names():
    project = tomllib.loads(read("pyproject.toml"))["project"]
    assert project["license"] == yaml.safe_load(read("CITATION.cff"))["license"] == "BSD-3-Clause"
    for name in project["license-files"]:
        assert (CHECKOUT / name).is_file()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "benchmarks/README.md"])
def test_links_to_files_lead_somewhere(name):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", read(name))
    inside = [link for link in links if "://" not in link]
    gone = [link for link in inside if not (CHECKOUT / name).parent.joinpath(link).exists()]
    assert not gone


def code_of(text):
    """What stands in backticks and in indented or fenced blocks of commands, a piece a line."""
    return "\n".join(re.findall(r"^```\n(.*?)^```", text, re.M | re.S) + re.findall(r"`([^`\n]+)`", text))


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_make_targets_and_commands_that_are_named_exist(name):
    from mlpkit.cli.main import COMMANDS

    text = read(name)
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.M))
    named = set(re.findall(r"(?:^|[`\s])make ([a-z]+)(?=[`\s])", code_of(text)))
    assert named
    assert named <= targets
    assert set(re.findall(r"(?:^|[`/\\\\\s])mlpkit ([a-z]+)", code_of(text))) <= set(COMMANDS)


def slide_numbers(cell):
    """`2-4, 9` -> [2, 3, 4, 9]; a lecture without slides of its own, `authored, for 18` -> []."""
    if cell.startswith("authored"):
        return []
    assert re.fullmatch(r"\d+(-\d+)?(, \d+(-\d+)?)*", cell), f"{cell!r} is no list of slides"
    ends = [part.split("-") for part in cell.split(", ")]
    return [number for end in ends for number in range(int(end[0]), int(end[-1]) + 1)]


def test_the_lectures_of_the_readme_have_the_slides_that_the_deck_gives_them():
    rows = re.findall(
        r"^\| (\d\d) \| \[[^]]+\]\(lectures/(\w+)\.ipynb\) \| ([^|]+) \|", read("README.md"), re.M
    )
    assert [name for _, name, _ in rows] == sorted(
        path.stem for path in (CHECKOUT / "lectures").glob("*.ipynb")
    )
    deck = tomllib.loads(read("lectures/slides.toml"))["slide"]
    for number, name, cell in rows:
        assert name.startswith(number)
        assert slide_numbers(cell) == [slide["number"] for slide in deck if slide["lecture"] == name], name


def test_a_range_and_a_list_of_slides_are_read_alike():
    assert slide_numbers("2-4, 9") == slide_numbers("2, 3, 4, 9") == [2, 3, 4, 9]
    assert slide_numbers("authored, for 18") == []


def test_the_readme_says_how_long_each_command_takes():
    rows = re.findall(r"^\| `make (\w+)[^`]*` \|[^|]+\|([^|]+)\|$", read("README.md"), re.M)
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.M))
    assert {target for target, time in rows if re.search(r"\d", time)} == targets - {"help", "lock"}


def test_the_example_of_the_readme_prints_the_numbers_beside_it(capsys):
    blocks = re.findall(r"^```python\n(.*?)^```", read("README.md"), re.M | re.S)
    assert blocks
    for block in blocks:
        promised = re.findall(r"^print.*?# (.*)$", block, re.M)
        exec(compile(block, "README.md", "exec"), {})
        assert promised
        assert capsys.readouterr().out.splitlines() == promised


def test_make_help_names_every_target():
    text = read("Makefile")
    targets = set(re.findall(r"^([a-z]+):", text, re.M))
    explained = set(re.findall(r"^([a-z]+):.*?## \S", text, re.M))
    phony = set(re.search(r"^\.PHONY: (.*)$", text, re.M)[1].split())
    assert targets == explained == phony


def test_workflows_run_the_commands_of_the_readme():
    ci = read(".github/workflows/ci.yml")
    runs = [
        step["run"] for job in yaml.safe_load(ci)["jobs"].values() for step in job["steps"] if "run" in step
    ]
    assert {"make check", "make test"} <= set(runs)
    assert any(run.startswith(r"python tools\bootstrap.py test") for run in runs)
    matrix = yaml.safe_load(ci)["jobs"]["test"]["strategy"]["matrix"]
    classifiers = tomllib.loads(read("pyproject.toml"))["project"]["classifiers"]
    assert matrix["python"] == [line.split()[-1] for line in classifiers if re.search(r"Python :: 3\.", line)]
