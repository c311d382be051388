"""environment.yml and requirements.lock name the packages and versions of pyproject.toml."""

import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA_NAMES = {"matplotlib-base": "matplotlib"}  # conda-forge's matplotlib without a window toolkit
THIS_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
PYTHONS = ("3.11", "3.12", "3.13")


def requirements(lines):
    """Lines such as `numpy >=2.1` -> {normal name: Requirement}."""
    found = {}
    for line in lines:
        requirement = Requirement(line)
        name = canonicalize_name(requirement.name)
        found[CONDA_NAMES.get(name, name)] = requirement
    return found


def wanted(*extras):
    lines = list(PROJECT["dependencies"])
    for extra in extras:
        lines += PROJECT["optional-dependencies"][extra]
    found = requirements(lines)
    found.pop("mlpkit", None)  # an extra that takes another one in
    return found


def conda():
    """environment.yml as {name: Requirement} of conda's own packages, and the lines for pip."""
    text = (CHECKOUT / "environment.yml").read_text(encoding="utf-8")
    entries = yaml.safe_load(text)["dependencies"]
    plain = [entry for entry in entries if isinstance(entry, str)]
    (pip,) = [entry["pip"] for entry in entries if isinstance(entry, dict)]
    return requirements(plain), pip


def lock_lines():
    text = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def applies(requirement, python):
    """Whether a line of the lock holds on this system with that Python."""
    names = {"python_version": python, "python_full_version": f"{python}.9"}
    return requirement.marker is None or requirement.marker.evaluate(names)


def test_conda_has_the_packages_and_ranges_of_pyproject():
    found, pip = conda()
    found |= requirements(line for line in pip if not line.startswith("-e"))
    assert (
        found.pop("python").specifier == Requirement(f"python {PROJECT['requires-python']},<3.14").specifier
    )
    assert not found.pop("pip").specifier
    expected = wanted("test")
    assert {name: str(req.specifier) for name, req in found.items()} == {
        name: str(req.specifier) for name, req in expected.items()
    }


def test_conda_installs_the_course_itself_from_the_checkout():
    assert "-e ." in conda()[1]


def test_every_package_of_the_conda_file_has_a_comment():
    text = (CHECKOUT / "environment.yml").read_text(encoding="utf-8")
    entries = [
        line for line in text.split("dependencies:")[1].splitlines() if re.match(r" +- (?!pip:)", line)
    ]
    bare = [line for line in entries if not re.search(r" # \S", line)]
    assert entries
    assert not bare


def test_the_lock_has_every_package_that_the_installed_ones_ask_for_in_the_range_that_they_ask():
    locked = {canonicalize_name(r.name): r for r in map(Requirement, lock_lines()) if applies(r, THIS_PYTHON)}
    trouble = []
    for name in locked:
        try:
            asked = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue  # of an extra that is not installed here; `make lock ARGS=--check` resolves that one too
        for requirement in map(Requirement, asked):
            if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
                continue
            found = locked.get(canonicalize_name(requirement.name))
            version = next(iter(found.specifier)).version if found else "nothing"
            if not found or not requirement.specifier.contains(version, prereleases=True):
                trouble.append(f"{name} needs {requirement}, locked is {version}")
    assert not trouble


@pytest.mark.parametrize("extra", ["", *PROJECT["optional-dependencies"]])
@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_has_the_packages_of_each_extra_once_and_in_the_range_of_pyproject(python, extra):
    lines = [Requirement(line) for line in lock_lines()]
    here = [req for req in lines if applies(req, python)]
    names = [canonicalize_name(req.name) for req in here]
    assert len(names) == len(set(names))
    locked = dict(zip(names, here, strict=True))
    for name, requirement in wanted(*([extra] if extra else [])).items():
        assert name in locked, f"{name} is not locked for Python {python}: make lock"
        (exact,) = locked[name].specifier
        assert exact.operator == "=="
        assert requirement.specifier.contains(exact.version), f"{name} {exact.version}: make lock"


def test_the_lock_says_nothing_of_the_machine_that_made_it():
    pattern = re.compile(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*( ; [^/@]+)?")
    odd = [line for line in lock_lines() if not pattern.fullmatch(line)]
    assert not odd, "index lines, hosts, paths, hashes or local versions do not belong in the lock"


def test_all_that_pytorch_brings_on_linux_is_locked_so_that_pip_need_not_search():
    names = {canonicalize_name(Requirement(line).name) for line in lock_lines()}
    assert {"torch", "triton", "sympy", "networkx", "cuda-toolkit", "nvidia-cublas"} <= names


def test_no_version_in_the_lock_is_a_prerelease():
    from packaging.version import Version

    pins = [next(iter(Requirement(line).specifier)).version for line in lock_lines()]
    assert not [version for version in pins if Version(version).is_prerelease]


def test_this_environment_holds_the_packages_that_the_lectures_need():
    from importlib.metadata import version

    for name, requirement in wanted().items():
        assert requirement.specifier.contains(version(name), prereleases=True), (name, sys.version)
