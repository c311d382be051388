"""Figures as their authors write them, in pyplot and in `Figure`, with everything that broke a stage once."""

from stage.authors import axes, collections, order, pyplot, shapes, surroundings  # noqa: F401
from stage.authors.frame import AUTHORS

__all__ = ["AUTHORS"]
