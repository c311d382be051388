"""The package itself: what `dir(mlpkit)` shows, and names that it imports when they are first used."""

import pkgutil

import pytest

import mlpkit


def test_dir_lists_the_names_and_every_public_module_and_nothing_else():
    modules = {module.name for module in pkgutil.iter_modules(mlpkit.__path__)}
    shown = set(dir(mlpkit))
    assert {
        "training",
        "outputs",
        "network",
        "program",
        "explore",
        "MLP",
        "ACTIVATIONS",
        "activation",
    } <= shown
    assert shown - modules == {"MLP", "ACTIVATIONS", "activation", "__version__"}
    assert modules - shown == {"_checks", "_moved"}


@pytest.mark.parametrize("name", sorted({"MLP", "training", "outputs", "losses", "activation"}))
def test_every_name_that_it_shows_is_there(name):
    assert name in dir(mlpkit)
    assert getattr(mlpkit, name) is not None
