"""Small stages with everything that a teaching figure may show, to compare the browser with Agg."""

from stage.gallery import basics, fields, images, lines, shapes, statistics, texts  # noqa: F401
from stage.gallery.basics import stage_that_fails_at_three
from stage.gallery.frame import GALLERY

__all__ = ["GALLERY", "stage_that_fails_at_three"]
