"""Every attack on both back ends: no point gained, nothing harmed, the next student graded as ever."""

import importlib
import time
from pathlib import Path

import pytest
from grading.attacks.attack import ATTACKED, HONEST, HONEST_CELLS, IMPORTS, LEAKED, RIGHT, WRONG, Attack
from grading.attacks.host import Host

from mlpkit.grading.guest.job import Limits
from mlpkit.grading.judge import Judge, Settings
from mlpkit.grading.records import Notebook, Submission
from mlpkit.grading.sandboxes import faults

pytestmark = pytest.mark.slow  # together some minutes
TOPICS = sorted(path.stem for path in (Path(__file__).parent / "topics").glob("*.py"))
ATTACKS = [
    (topic, one)
    for topic in TOPICS
    for one in importlib.import_module(f"grading.attacks.topics.{topic}").ATTACKS
]
LIMITS = Limits(cell=1.0, cells=2.5, question=1.0, memory=300, files=8, processes=8, patience=1.0)
SECONDS = 30.0  # that an attack may take from the class, with these limits
SEEDS = (0, 271828182845)


def submission(cells):
    return Submission("s", (Notebook("a.ipynb", tuple(cells)),))


def points(result, name):
    answer = result.answer(name)
    return answer.points if answer else None


@pytest.fixture(scope="module", params=["bubblewrap", "wasm"])
def class_of(request, tmp_path_factory):
    """A judge with one sandbox for all attacks, and the host around it."""
    if problem := faults()[request.param]:
        pytest.skip(problem)
    host = Host(tmp_path_factory.mktemp("host"))
    with Judge(Settings((ATTACKED, HONEST), SEEDS, LIMITS, request.param)) as judge:
        plain = judge.grade(submission(Attack("none").cells))
        best = judge.grade(submission(HONEST_CELLS))
        assert best.points == best.of
        assert 0 <= points(plain, ATTACKED) < best.answer(ATTACKED).of
        yield judge, host, plain, best
    deadline = time.monotonic() + 5  # the kernel needs a moment to remove namespaces
    while any(host.left()) and time.monotonic() < deadline:
        time.sleep(0.1)
    left = host.left()
    host.close()
    assert left == ([], [])


@pytest.mark.parametrize(("topic", "attack"), ATTACKS, ids=[f"{t}: {a.name}" for t, a in ATTACKS])
def test_an_attack_gains_no_point_and_harms_nobody(class_of, topic, attack):
    judge, host, plain, best = class_of
    start = time.monotonic()
    result = judge.grade(submission(map(host.in_attack, attack.cells)))
    took = time.monotonic() - start
    said = repr(result.to_dict())

    assert result.status == "graded", result.reason
    assert points(result, ATTACKED) <= points(plain, ATTACKED) + attack.points, said
    assert points(result, HONEST) <= best.answer(HONEST).points
    if attack.keeps:
        assert points(result, HONEST) == best.answer(HONEST).points, said
    assert LEAKED not in said
    assert host.secret not in said
    assert not any(str(seed) in said for seed in SEEDS[1:])
    assert took < SECONDS
    assert host.harm() == []
    assert len(said) < 20_000
    after = judge.grade(submission(HONEST_CELLS))
    assert after.answers == best.answers
    assert after.notes == ()


def test_there_are_enough_attacks_with_names_of_their_own():
    names = [attack.name for _, attack in ATTACKS]
    assert len(set(names)) == len(names) >= 60


def test_the_attacked_function_would_get_points_if_it_were_right(class_of):
    judge, _, plain, best = class_of
    right = judge.grade(submission((IMPORTS, RIGHT[ATTACKED])))
    assert points(right, ATTACKED) == best.answer(ATTACKED).of
    assert WRONG in Attack("none").cells[-1]
    assert points(plain, HONEST) == best.answer(HONEST).of
