"""A student's own seed."""

import pytest

from mlpkit.exercises import check, seed_for


def test_a_thousand_names_and_ten_thousand_numbers_have_seeds_of_their_own():
    names = [f"{first} {last}" for first in map(chr, range(97, 122)) for last in map(str, range(40))]
    numbers = range(4_000_000, 4_010_000)
    assert len({seed_for(one) for one in (*names, *numbers)}) == len(names) + len(numbers)


def test_the_seed_of_a_name_never_changes():
    assert seed_for("Ada Lovelace") == 394233311
    assert seed_for(4711) == seed_for("4711") == 3731164513


@pytest.mark.parametrize("name", ["GÖDEL, Kurt", " gödel,  kurt\n", "Go\u0308del, Kurt", "ＧÖDEL, Ｋurt"])
def test_how_a_name_is_typed_makes_no_difference(name):
    assert seed_for(name) == seed_for("Gödel, Kurt")


@pytest.mark.parametrize("name", ["", "  ", None, 3.0, True])
def test_what_is_no_name_is_refused_with_an_example(name):
    with pytest.raises((TypeError, ValueError), match='seed_for\\("Ada Lovelace"\\)'):
        seed_for(name)


def test_neighbours_are_checked_on_numbers_of_their_own():
    def pre_activation(X, w, b):
        return X @ w

    one, other = (str(check(pre_activation, seed=seed_for(name))) for name in ("Ada", "Bob"))
    assert one != other
