"""The result of a check as HTML."""

from cell_functions import defined

from mlpkit.exercises import check


def test_html_says_the_same_as_the_text_and_needs_no_colours():
    html = check(defined("return X @ w"))._repr_html_()
    assert "the bias is missing" in html
    assert 'scope="row"' in html
    assert "<script" not in html
    assert not [c for c in ("#", "rgb") if c in html.split("</style>")[0]]


def test_what_a_student_writes_is_escaped():
    html = check(defined("print('<b>loud</b>')\nraise ValueError('<i>me</i>')"))._repr_html_()
    assert "<b>loud" not in html
    assert "<i>me" not in html
