"""Which build of PyTorch pip would install: the one for the processor, or one with 3 GB of CUDA libraries."""

import re
import subprocess
import sys

import pip_run

LINUX = sys.platform.startswith("linux")
NO_BUILD = "PyTorch is left out: pip finds no build of the locked version for this system and this Python."
CUDA_ONLY = """\
PyTorch is left out: here pip would take its build with CUDA, about 3 GB of downloads. To measure it too:
  PIP_EXTRA_INDEX_URL=ADDRESS make bench    the build for the processor, 200 MB. The ADDRESS stands on
                                            PyTorch's page "Start Locally" (Linux, Pip, CPU), after
                                            --index-url
  make bench PYTORCH=1                      the build with CUDA"""


def is_installed(environment):
    """True when the environment has PyTorch, whichever build."""
    return (environment.site_packages / "torch").is_dir()


def has_cpu_build(environment):
    """True when pip finds a build of the locked PyTorch that needs no CUDA.

    On macOS and Windows that is every build. On Linux it carries the label `+cpu` and comes from another
    index or from a folder of wheels, which pip's own variables and configuration name.
    """
    lock = (environment.checkout / "requirements.lock").read_text(encoding="utf-8")
    locked = re.search(r"^torch==(\S+)", lock, re.M)
    command = [environment.program("python"), "-m", "pip", "index", "versions", "torch"]
    done = subprocess.run(command, env=pip_run.clean_environment(), capture_output=True, text=True)
    found = re.split(r"[\s,]+", done.stdout)
    return bool(locked) and (f"{locked[1]}+cpu" in found or (not LINUX and locked[1] in found))
