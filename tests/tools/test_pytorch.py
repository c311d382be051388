"""`make bench` installs PyTorch's build for the processor where pip finds one, and no CUDA unasked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from little_course import bootstrap, make_course, make_wheel, packages

TOOLS = Path(__file__).resolve().parents[2] / "tools"
pytestmark = pytest.mark.slow  # nearly all make environments


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere every build is for the processor")
def test_pytorch_is_left_out_until_pip_finds_a_build_without_cuda_and_then_stays(tmp_path):
    needs = 'extra-thing; extra == "peers"\nRequires-Dist: torch; extra == "bench"'
    course = make_course(tmp_path / "checkout", needs)
    (course / "requirements.lock").write_text("torch==1.0\n", encoding="utf-8")
    (course / "benchmarks").mkdir()
    code = "import importlib.util; print('PyTorch:', importlib.util.find_spec('torch') is not None)"
    (course / "benchmarks" / "__main__.py").write_text(code, encoding="utf-8")

    make_wheel(course / "wheels", "torch", "1.0")  # as Linux's default build
    done = bootstrap(course, "bench")
    assert done.stdout.endswith("PyTorch: False\n"), done.stdout + done.stderr
    assert "PIP_EXTRA_INDEX_URL=ADDRESS make bench" in done.stdout
    assert "make bench PYTORCH=1" in done.stdout
    assert "extra_thing-1.0.dist-info" in packages(course)

    make_wheel(course / "wheels", "torch", "1.0+cpu")
    done = bootstrap(course, "bench")
    assert done.stdout.endswith("PyTorch: True\n"), done.stdout + done.stderr
    assert "torch-1.0+cpu.dist-info" in packages(course)

    done = bootstrap(course, "bench", PIP_FIND_LINKS=os.devnull)
    assert done.stdout == "PyTorch: True\n", "what is installed stays, and nobody is asked"


def test_pytorch_is_installed_whichever_build_it_is_where_the_reader_asks_for_it(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(TOOLS))
    from installer import Environment, parse, prepare

    asked = []
    environment = Environment(tmp_path)
    monkeypatch.setattr(environment, "ensure", lambda extras, quiet: asked.append(extras))
    prepare(environment, parse(["bench", "--pytorch"])[0])
    assert asked == [["test", "peers"], ["bench"]]


@pytest.mark.parametrize(
    ("linux", "versions", "found"),
    [
        (True, "1.1, 1.0", False),
        (True, "1.0+cpu, 1.0", True),
        (False, "1.1, 1.0", True),
        (False, "0.9", False),
    ],
)
def test_a_build_for_the_processor_is_one_labelled_cpu_on_linux_and_any_elsewhere(
    monkeypatch, tmp_path, linux, versions, found
):
    monkeypatch.syspath_prepend(str(TOOLS))
    import pytorch
    from installer import Environment

    (tmp_path / "requirements.lock").write_text("torch==1.0\n", encoding="utf-8")
    said = subprocess.CompletedProcess([], 0, f"torch (1.1)\nAvailable versions: {versions}\n", "")
    monkeypatch.setattr(pytorch, "LINUX", linux)
    monkeypatch.setattr(pytorch.subprocess, "run", lambda *arguments, **given: said)
    assert pytorch.has_cpu_build(Environment(tmp_path)) is found
