"""No sandbox: each submission in a process of its own, with the rights of whoever grades.

For one's own machine and submissions that one trusts. The time is limited, and nothing else.
"""

import pickle
import shutil
import subprocess
import sys

from mlpkit.grading.guest.job import Job
from mlpkit.grading.sandboxes import Reply
from mlpkit.grading.sandboxes.files import guest_folder, site_folders

START = """
import os, sys
reply = os.dup(1)
os.dup2(os.open(os.devnull, os.O_RDWR), 1)
sys.path[:0] = sys.argv[1:]
from mlpkit.grading.guest.run import main
main(reply)
"""


class Unsafe:
    """A fresh process for each submission."""

    name = "none"

    def __init__(self):
        self._folder = guest_folder()

    def run(self, job: Job) -> Reply:
        """Run one submission."""
        paths = [str(self._folder), *map(str, site_folders())]
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-S", "-B", "-c", START, *paths],
                input=pickle.dumps(job),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=job.wall,
            )
        except subprocess.TimeoutExpired as late:
            return Reply((late.stdout or b"")[: job.limits.reply], "time")
        if len(done.stdout) > job.limits.reply:
            return Reply(done.stdout[: job.limits.reply], "flood", done.returncode)
        return Reply(done.stdout, "exited" if done.returncode >= 0 else "signal", done.returncode)

    def close(self) -> None:
        """Remove the guest's files."""
        shutil.rmtree(self._folder, ignore_errors=True)
