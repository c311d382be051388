"""Every kind of value that a function may return becomes plain data, and is compared as such."""

import pytest
from cell_functions import defined

from mlpkit.exercises import check


class TestKindsOfArrays:
    @pytest.mark.parametrize(
        "returned",
        [
            "list(X @ w + b)",
            "tuple((X @ w + b).tolist())",
            "(X @ w + b).astype('float32')",
            "np.asarray(X, 'float32') @ np.asarray(w, 'float32') + np.float32(b)",
            "np.ma.masked_array(X @ w + b)",
            "[np.array(z) for z in X @ w + b]",
            "(X @ w + b).astype(object)",
            "(X @ w + b) + 0j",
            "np.asfortranarray(X) @ w + b",
        ],
    )
    def test_right_numbers_in_another_kind_of_array_are_right(self, returned):
        assert check(defined(f"return {returned}")).passed

    def test_a_matrix_loses_its_shape_only_and_is_told_why(self):
        result = check(defined("return np.matrix(X @ w + b)"))
        assert 0 < result.score < result.max_score
        assert "matrix" in str(result)

    def test_masked_entries_are_missing(self):
        result = check(defined("z = np.ma.masked_array(X @ w + b)\nz[0] = np.ma.masked\nreturn z"))
        assert not result.passed
        assert "nan" in str(result)

    @pytest.mark.parametrize(
        "returned", ["'text'", "{'z': 1}", "print", "object()", "{1, 2}", "np.array('a')", "1+2j"]
    )
    def test_what_is_no_array_is_named(self, returned):
        result = check(defined(f"return {returned}"))
        assert result.score < 2
        assert result.hint

    def test_an_object_that_equals_everything_gets_nothing(self):
        body = """class Sly:
    __eq__ = __le__ = __ge__ = lambda self, other: True
    shape = (5,)
    def __array__(self, *a, **k): raise MemoryError
    def __repr__(self): raise SystemExit
    __len__ = __getattr__ = __iter__ = None
return Sly()"""
        assert check(defined(body)).score == 0
