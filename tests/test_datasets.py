"""Data sets: balanced, repeatable, exactly on their curves without noise, and as separable as they look."""

import numpy as np
import pytest

from mlpkit.datasets import DATASETS, dataset, glyphs

every_dataset = pytest.mark.parametrize("record", DATASETS.values(), ids=DATASETS)
PLANE = [name for name, record in DATASETS.items() if record.d == 2]


def nearest_neighbour_accuracy(record, noise):
    """Share of 300 new examples whose nearest of 1000 others has the same label."""
    (X, y), (U, v) = record(1000, noise, 1), record(300, noise, 2)
    distances = (U**2).sum(axis=1)[:, None] - 2 * U @ X.T + (X**2).sum(axis=1)
    return (y[distances.argmin(axis=1)] == v).mean()


@every_dataset
@pytest.mark.parametrize("n", [1, 7, 60])
def test_shapes_types_and_balance(record, n):
    X, y = record(n, 0.1, 0)
    assert (X.shape, X.dtype) == ((n, record.d), np.float64)
    assert (y.shape, y.dtype.kind) == ((n,), "i")
    counts = np.bincount(y, minlength=record.classes)
    assert len(counts) == record.classes
    assert counts.max() - counts.min() <= 1


@every_dataset
def test_a_seed_repeats_and_a_generator_moves_on(record):
    (X, y), (X2, y2) = record(30, 0.1, 5), record(30, 0.1, np.random.default_rng(5))
    np.testing.assert_array_equal(X, X2)
    np.testing.assert_array_equal(y, y2)
    rng = np.random.default_rng(5)
    record(30, 0.1, rng)
    assert (record(30, 0.1, rng)[0] != X).any()
    assert (record(30, 0.1, np.int64(6))[0] != X).any()


@every_dataset
def test_the_order_of_the_classes_is_random(record):
    y = record(200, 0.0, 0)[1]
    assert (y != np.arange(200) % record.classes).any()
    assert abs(y[:100].mean() - y.mean()) < 1  # not sorted


@every_dataset
def test_without_noise_the_entries_fill_the_stated_range(record):
    X, _ = record(3000, 0, 0)
    low, high = record.range
    assert X.min() >= low - 1e-15  # the cosine of 210° is rounded
    assert X.max() <= high
    assert [X.min(), X.max()] == pytest.approx([low, high], abs=0.1)


@every_dataset
def test_noise_is_the_standard_deviation_of_what_is_added(record):
    (clean, y), (noisy, y2) = record(4000, 0, 3), record(4000, 0.05, 3)
    np.testing.assert_array_equal(y, y2)  # the same seed: the same examples, moved
    if record.clipped:
        assert (noisy.min(), noisy.max()) == record.range
        moved = np.abs(noisy - clean)[(noisy > 0) & (noisy < 1)]
        spread = np.sqrt((moved**2).mean())  # of half a normal, whose square is the same
        assert spread == pytest.approx(0.05, rel=0.02)
    else:
        assert (noisy - clean).std() == pytest.approx(0.05, rel=0.03)


# The accuracy that a plain look at the nearest neighbour reaches, so that a network has something to learn.
@pytest.mark.parametrize(
    ("name", "noise", "least"),
    [
        ("xor", 0.1, 1.0),
        ("moons", 0.1, 0.99),
        ("circles", 0.1, 0.97),
        ("spirals", 0.03, 0.99),
        ("blobs", 0.2, 0.99),
        ("digits", 0.2, 0.99),
    ],
)
def test_the_classes_can_be_separated(name, noise, least):
    assert nearest_neighbour_accuracy(DATASETS[name], 0) == 1
    assert nearest_neighbour_accuracy(DATASETS[name], noise) >= least


@pytest.mark.parametrize("name", ["xor", "moons", "circles", "spirals"])
def test_no_line_separates_the_two_classes(name):
    X, y = DATASETS[name](400, 0, 0)
    A = np.column_stack([X, np.ones(400)])
    w = np.linalg.lstsq(A, 2 * y - 1, rcond=None)[0]
    assert ((A @ w > 0) == y).mean() < 0.95


# ── without noise: exactly on the curve ─────────────────────────────────────────────────────────────────


def clean(name, n=401):
    X, y = DATASETS[name](n, 0, 11)
    return X[:, 0], X[:, 1], y


def test_xor_is_the_truth_table_with_every_row_as_often_as_the_others():
    x1, x2, y = clean("xor", 400)
    np.testing.assert_array_equal(x1.astype(int) ^ x2.astype(int), y)
    rows, counts = np.unique(np.stack([x1, x2]), axis=1, return_counts=True)
    assert rows.T.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert counts.tolist() == [100] * 4


def test_moons_lie_on_two_half_circles_half_a_unit_apart():
    x1, x2, y = clean("moons")
    np.testing.assert_allclose(np.hypot(x1 - y, x2 - y / 2), 1, rtol=1e-14)
    assert ((x2 - y / 2) * (1 - 2 * y) >= 0).all()
    X = np.stack([x1, x2], axis=1)
    gaps = np.linalg.norm(X[y == 0][:, None] - X[y == 1], axis=2)
    assert 0.5 <= gaps.min() < 0.53


def test_circles_lie_on_their_radius():
    x1, x2, y = clean("circles")
    np.testing.assert_allclose(np.hypot(x1, x2), np.where(y == 1, 0.5, 1.0), rtol=1e-14)
    assert np.histogram(np.arctan2(x2, x1), bins=4)[0].min() > 60  # all around


def test_spirals_lie_on_their_arm():
    x1, x2, y = clean("spirals")
    t = np.hypot(x1, x2)
    assert (t.min() >= 0.1 - 1e-15, t.max() <= 1) == (True, True)
    turned = (x1 + 1j * x2) / t * np.exp(-1j * np.pi * (3 * t + y))  # the angle that is left: none
    np.testing.assert_allclose(turned, 1, atol=1e-14)


def test_blobs_without_noise_are_the_corners_of_a_triangle():
    x1, x2, y = clean("blobs")
    corners = np.array([[0, 1], [-(0.75**0.5), -0.5], [0.75**0.5, -0.5]])
    np.testing.assert_allclose(np.stack([x1, x2], axis=1), corners[y], atol=1e-15)


def test_a_digit_is_its_glyph_at_one_of_eight_places():
    X, y = DATASETS["digits"](2000, 0, 0)
    assert set(np.unique(X)) == {0, 1}
    shapes = glyphs()
    for digit in range(10):
        seen = np.unique(X[y == digit], axis=0).reshape(-1, 8, 8)
        assert len(seen) == 8
        for image in seen:
            down, right = (int(np.argwhere(image.any(axis=axis))[0, 0]) for axis in (1, 0))
            inked = np.argwhere(shapes[digit].any(axis=0))[0, 0]  # a 1 leaves its first column empty
            place = image[down : down + 7, right - inked : right - inked + 5]
            np.testing.assert_array_equal(place, shapes[digit])
            assert image.sum() == shapes[digit].sum()


def test_ten_glyphs_differ_from_each_other_wherever_they_stand():
    X, y = DATASETS["digits"](1000, 0, 0)
    images, where = np.unique(X, axis=0, return_index=True)
    labels = y[where]
    apart = np.abs(images[:, None] - images).sum(axis=2)
    assert apart[labels[:, None] != labels].min() == 3
    assert apart[labels[:, None] == labels].max() == 34


# ── records and mistakes ────────────────────────────────────────────────────────────────────────────────


@every_dataset
def test_a_record_is_found_by_name_and_says_what_it_is(record):
    assert DATASETS[record.name] is record is dataset(record) is dataset(record.name)
    assert record.label
    assert record.points.__doc__
    assert repr(record) == f"Dataset('{record.name}', d={record.d}, classes={record.classes})"
    assert record.formula or record.name not in PLANE


MOONS = DATASETS["moons"]


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (ValueError, "unknown dataset 'mons'; did you mean 'moons'\\?", lambda: dataset("mons")),
        (KeyError, "unknown dataset 'mons'; did you mean 'moons'\\?", lambda: DATASETS["mons"]),
        (KeyError, "unknown dataset 3; choose one of xor, moons", lambda: DATASETS[3]),  # type: ignore[index]
        (ValueError, "unknown dataset 'qqq'; choose one of xor, moons", lambda: dataset("qqq")),
        (ValueError, "moons expects n >= 1; got 0", lambda: MOONS(0, 0.1, 0)),
        (TypeError, "moons expects an integer n; got 10.0", lambda: MOONS(10.0, 0.1, 0)),
        (ValueError, r"moons expects noise in \[0, inf\]; got -1", lambda: MOONS(10, -1, 0)),
        (ValueError, "moons expects a finite noise; got nan", lambda: MOONS(10, np.nan, 0)),
        (
            TypeError,
            "moons expects rng to be a numpy.random.Generator or a seed >= 0; got None",
            lambda: MOONS(10, 0.1, None),
        ),
        (ValueError, "or a seed >= 0; got -1", lambda: MOONS(10, 0.1, -1)),
        (TypeError, "or a seed >= 0; got RandomState", lambda: MOONS(9, 0.1, np.random.RandomState(0))),
    ],
)
def test_mistakes_are_answered_by_name(error, message, call):
    with pytest.raises(error, match=message):
        call()
