"""The class's key, the numbers that come from it, and what of it can be seen."""

import stat
import sys

import pytest

from mlpkit.grading.seeds import LEAST, PUBLIC, class_seeds, key_of, name_of

KEY = "0123456789abcdef"


def test_the_public_seed_comes_first_and_the_others_depend_on_the_key():
    seeds = class_seeds(KEY, 5)
    assert seeds[0] == PUBLIC == 0
    assert len(set(seeds)) == 6
    assert all(0 < seed <= 2**48 for seed in seeds[1:])
    assert not set(seeds[1:]) & set(class_seeds(KEY[::-1], 5))


def test_more_seeds_begin_with_the_fewer_ones():
    assert class_seeds(KEY, 5)[:3] == class_seeds(KEY, 2)


def test_no_private_seed_leaves_the_public_one():
    assert class_seeds(KEY, 0) == (PUBLIC,)


def test_blanks_around_a_key_change_nothing():
    assert class_seeds(f" {KEY}\n", 2) == class_seeds(KEY, 2)


@pytest.mark.parametrize("key", ["", " " * 30, "x" * (LEAST - 1)])
def test_a_short_key_is_refused(key):
    with pytest.raises(ValueError, match=f"at least {LEAST} characters"):
        class_seeds(key, 1)


def test_a_key_is_made_once_for_its_owner_alone_and_read_again(tmp_path):
    path = tmp_path / "class" / "key"
    key = key_of(path)
    assert len(key) >= LEAST
    assert key_of(path) == key != key_of(tmp_path / "other")
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_name_of_seeds_tells_them_apart_and_gives_none_away():
    seeds = class_seeds(KEY, 3)
    assert name_of(seeds) != name_of(seeds[:2])
    assert name_of(seeds) == name_of(class_seeds(KEY, 3))
    assert not any(str(seed) in name_of(seeds) for seed in seeds[1:])
