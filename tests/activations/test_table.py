"""The tables of the slides have the fields of the records, and nothing else."""

import html
import re
from xml.etree import ElementTree

import pytest

from mlpkit.activations import ACTIVATIONS, activation
from mlpkit.activations.table import HEIGHT, WIDTH, Table, bounds, corners, graph

every = pytest.mark.parametrize("name", ACTIVATIONS)


@every
def test_a_row_has_the_formulas_of_the_record(name):
    g, page = ACTIVATIONS[name], html.unescape(Table([ACTIVATIONS[name]])._repr_html_())
    assert f"<td>${g.formula}$</td><td>${g.gradient}$</td>" in page
    assert page.count("<td>") == page.count("</td>") == 6


@every
def test_a_graph_is_well_formed_svg_that_stays_inside_its_frame(name):
    picture = ElementTree.fromstring(graph(ACTIVATIONS[name]))
    assert ACTIVATIONS[name].label in picture.attrib["aria-label"]
    _, *curves = [path.attrib["d"] for path in picture]
    assert len(curves) == 2
    for data in curves:
        points = [tuple(map(float, pair.split())) for pair in re.findall(r"[ML]([\d. ]+)", data)]
        assert len(points) > 15
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)


def test_the_curve_is_interrupted_at_a_jump():
    step = graph(ACTIVATIONS["step"]).split('<path d="')[2]
    assert step.split('"')[0].count("M") == 2


def test_parameters_change_range_and_corners():
    assert bounds(activation("elu", alpha=2.0)) == "(−2, ∞)"
    assert corners(activation("elu", alpha=2.0)) == "no derivative at 0"
    assert corners(activation("elu", alpha=1.0)) == "smooth"


def test_the_text_of_a_table_has_one_line_for_each_record():
    assert len(repr(Table(ACTIVATIONS.values())).splitlines()) == len(ACTIVATIONS)
