"""The line of progress: on a terminal, in Jupyter, and none elsewhere."""

import io
import sys
from types import SimpleNamespace

import pytest
from batches import data

from mlpkit.network import MLP
from mlpkit.training import fit, progress
from mlpkit.training.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test moves by hand."""
    now = SimpleNamespace(seconds=100.0)
    monkeypatch.setattr(progress.time, "perf_counter", lambda: now.seconds)
    return now


@pytest.fixture
def terminal(monkeypatch):
    stream = Terminal()
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=stream, modules=sys.modules))
    monkeypatch.setenv("COLUMNS", "80")
    return stream


def test_a_terminal_gets_one_line_that_is_rewritten(terminal, clock):
    with Progress(40) as line:
        for epoch in range(1, 41):
            clock.seconds += 1
            line.show(epoch, "loss 0.123456789" if epoch < 20 else "loss 0.1")
    lines = terminal.getvalue().split("\r")
    assert lines[1] == "epoch 1/40 [....................] loss 0.123456789  39 s left"
    assert (
        lines[20] == "epoch 20/40 [##########..........] loss 0.1  20 s left        "
    )  # the old tail is erased
    assert lines[-1].split() == ["epoch", "40/40", "[####################]", "loss", "0.1"]
    assert terminal.getvalue().count("\n") == 1


def test_a_long_line_is_cut_because_one_that_wraps_cannot_be_rewritten(terminal, clock):
    with Progress(2) as line:
        clock.seconds += 9000
        line.show(1, "x" * 200)
    assert len(terminal.getvalue()) == len("\r") + 79 + len("\n")


def test_a_training_of_less_than_half_a_second_shows_nothing(terminal, clock):
    with Progress(40) as line:
        for epoch in range(1, 41):
            clock.seconds += 0.01
            line.show(epoch, "")
    assert terminal.getvalue() == ""


def test_the_line_is_drawn_ten_times_a_second_and_at_the_end(terminal, clock):
    with Progress(1000) as line:
        for epoch in range(1, 901):
            clock.seconds += 0.002  # 1.8 s in all
            line.show(epoch, "", last=epoch == 900)
    assert 8 <= terminal.getvalue().count("\r") <= 15
    assert "epoch 900/1000" in terminal.getvalue().split("\r")[-1]
    assert "left" not in terminal.getvalue().split("\r")[-1]


@pytest.mark.parametrize(("seconds", "words"), [(59, "59 s"), (240, "4 min"), (9000, "2 h")])
def test_the_time_left_is_rounded_to_one_unit(terminal, clock, seconds, words):
    with Progress(2) as line:
        clock.seconds += seconds
        line.show(1, "")
    assert f"{words} left" in terminal.getvalue()


def test_files_pipes_and_progress_false_get_nothing(clock, monkeypatch, terminal):
    def show(shown):
        with Progress(2, shown) as line:
            clock.seconds += 5
            line.show(1, "loss")
            line.say("interrupted")

    show(False)
    assert terminal.getvalue() == ""
    monkeypatch.setattr(progress.sys, "stderr", pipe := io.StringIO())
    show(True)
    assert pipe.getvalue() == ""


def test_an_interrupted_training_says_what_is_kept(terminal):
    def stop(epoch):
        if epoch.epoch == 2:
            raise KeyboardInterrupt

    fit(MLP([3, 2], rng=0), *data("categorical"), callbacks=stop)
    assert terminal.getvalue() == "\rinterrupted after epoch 2 of 100: parameters and history are kept\n"
    silent = terminal.getvalue()
    fit(MLP([3, 2], rng=0), *data("categorical"), callbacks=stop, progress=False)
    assert terminal.getvalue() == silent


def test_jupyter_gets_one_output_that_is_updated(monkeypatch, clock):
    display = pytest.importorskip("IPython.display", reason="IPython is not installed here")
    import IPython

    shown, updated = [], []
    handle = SimpleNamespace(update=lambda content, raw: updated.append(content))

    def first(content, raw, display_id):
        assert raw
        assert display_id
        shown.append(content)
        return handle

    monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace(kernel=object()))
    monkeypatch.setattr(display, "display", first)
    with Progress(3) as line:
        for epoch in (1, 2, 3):
            clock.seconds += 60
            line.show(epoch, "loss <0.5>")
        line.say("interrupted")
    assert (len(shown), len(updated)) == (1, 3)
    assert shown[0]["text/plain"].startswith("epoch 1/3 [######..............] loss <0.5>  2 min left")
    assert "<progress value='1' max='3' aria-label='training'>" in shown[0]["text/html"]
    assert "loss &lt;0.5&gt;" in shown[0]["text/html"]
    assert updated[-1] == {"text/plain": "interrupted", "text/html": "<code>interrupted</code>"}
