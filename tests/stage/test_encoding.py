"""Fewer bytes for the same picture: encoded states, simplified lines, PNGs with two palettes, colours."""

import io

import numpy as np
import pytest
from matplotlib.path import Path
from PIL import Image
from stage import hands
from stage.decoding import Reader, read, rounded
from stage.gallery import GALLERY

from mlpkit.stage import palette
from mlpkit.stage.encoding import Encoder, encode, leb128, operations, zigzag
from mlpkit.stage.images import ALIKE, merged
from mlpkit.stage.layers import picture
from mlpkit.stage.resource_table import FAR, to_uint32
from mlpkit.stage.simplify import COARSE, MANY, TOLERANCE, simplified, simplified_path
from mlpkit.stage.writer import Op


def operation(op, *payload):
    """The words of an operation with the first clip, stroke and colours."""
    payload = to_uint32(*payload)
    return np.concatenate([to_uint32(int(op), 1, 2, 1.5, 3, 4, len(payload)), payload])


def polyline(points):
    return operation(Op.POLYLINE, np.asarray(points, float))


def within(got, want):
    """Equal but for coordinates, off by at most half a unit: 1/16 pixel, 1/4 in large operations."""
    np.testing.assert_array_equal(got, rounded(want))
    other = (got != want) & (want != 1 << 31)  # the zero with a sign comes back without it
    assert np.abs(got[other].view(np.float32) - want[other].view(np.float32)).max(initial=0) <= 1 / 4


@pytest.mark.parametrize("name", GALLERY)
def test_what_is_decoded_is_what_was_recorded_within_a_part_of_a_pixel(name):
    stage = GALLERY[name]()
    wanted = [stage.states.state([k])[0] for k in range(len(stage.states.values["k"]))]
    for got, want in zip(read(encode(wanted)), wanted, strict=True):
        within(got, want)
    stage.close()


def test_blocks_of_one_encoder_are_read_in_their_order():
    states, encoder, reader = hands.small().states, Encoder(), Reader()
    for at in ([0, 0], [5, 0], [5, 1], [0, 0]):
        words = states.state(at)[0]
        (got,) = reader.read(encoder.encode([words]))
        within(got, words)


def test_an_operation_that_was_sent_before_takes_one_or_two_bytes():
    line = polyline(np.random.default_rng(0).uniform(0, 1000, (100, 2)))
    once, thrice = len(encode([line])), len(encode([line, line, np.concatenate([polyline([[0, 0]]), line])]))
    assert thrice - once < 40  # of which the new line of a single point is the most


def test_a_line_that_moves_evenly_takes_about_a_byte_a_number():
    x = np.linspace(0, 1000, 200)
    moving = [polyline(np.column_stack([x, 300 + 100 * np.sin(x / 90 + k / 7)])) for k in range(20)]
    assert len(encode(moving)) < 1.2 * 20 * 400


@pytest.mark.parametrize("far", [3e4, FAR, -FAR])
def test_coordinates_far_outside_of_the_picture_stay_where_they_are(far):
    (got,) = read(encode([polyline([[0.5, 1.25], [far, 7.0], [12.0, far]])]))
    np.testing.assert_array_equal(got, polyline([[0.5, 1.25], [far, 7.0], [12.0, far]]))


def test_what_is_snapped_to_the_pixel_grid_stays_exact_in_small_and_large_operations():
    grid = np.random.default_rng(1).integers(0, 4000, (600, 2)) / 2
    for points in (grid[:9], grid):
        np.testing.assert_array_equal(read(encode([polyline(points)]))[0], polyline(points))


def test_sizes_colours_and_styles_are_not_rounded():
    row = [7.3, 9.1, 0.123456789, 5, 6, 1.23456789]
    words = operation(Op.ITEMS, 2, *row[:3], *row[3:5], row[5])
    (got,) = read(encode([words]))
    np.testing.assert_array_equal(np.delete(got, [8, 9]), np.delete(words, [8, 9]))


def test_cells_of_an_image_come_out_as_they_were_whatever_the_prediction():
    rng, states = np.random.default_rng(2), []
    smooth = np.add.outer(np.arange(12), np.arange(20))
    for k in range(6):
        cells = (smooth * k % 256 if k % 2 else rng.integers(0, 256, (12, 20))).astype(np.uint8)
        frame = (0.0, 0.0, 3.5, 3.5, 20.0, 12.0)
        states.append(operation(Op.INDEXED, *frame, 0, 0, cells.ravel().view(np.uint32)))
    for got, want in zip(read(encode(states)), states, strict=True):
        np.testing.assert_array_equal(got, want)


def test_states_without_operations_and_blocks_without_states():
    assert [list(words) for words in read(encode([np.zeros(0, np.uint32)]))] == [[]]
    assert read(encode([])) == []


def test_integers_of_all_sizes_come_back():
    numbers = np.array([0, 1, -1, 63, -64, 64, 2**14, -(2**21), 2**28, 2**31 - 1, -(2**31)])
    reader = Reader()
    reader.data, reader.i = leb128(zigzag(numbers)), 0
    assert [reader.signed() for _ in numbers] == numbers.tolist()


def distance(points, line):
    """How far each point is from a line of straight parts."""
    a, along = line[:-1], np.diff(line, axis=0)
    offset = points[:, None] - a
    share = np.clip((offset * along).sum(-1) / np.maximum((along**2).sum(-1), 1e-300), 0, 1)
    return np.linalg.norm(offset - share[..., None] * along, axis=-1).min(axis=1)


@pytest.mark.parametrize("count", [50, MANY, MANY + 1, 3000])
def test_no_point_that_is_left_out_is_farther_than_the_tolerance(count):
    x = np.linspace(0, 1200, count)
    points = np.column_stack([x, 300 + 200 * np.sin(x / 60) / (1 + np.exp((600 - x) / 3))])
    keep = simplified(points)
    assert keep[0]
    assert keep[-1]
    assert keep.sum() < count
    assert distance(points, points[keep]).max() <= (TOLERANCE if count <= MANY else COARSE) + 1e-9


def test_a_line_that_goes_back_and_forth_keeps_its_ends():
    points = np.array([[0.0, 0], [50, 0], [100, 0], [50, 0], [-30, 0], [0, 0], [0, 0], [0, 0]])
    assert {tuple(p) for p in points[simplified(points)]} >= {(0, 0), (100, 0), (-30, 0)}


def test_corners_stay_and_each_part_of_a_path_keeps_its_ends():
    corners = np.array([[0.0, 0], [5, 0], [10, 0], [10, 5], [10, 10], [0, 10], [0, 0]])
    codes = np.array([Path.MOVETO, *[Path.LINETO] * 5, Path.CLOSEPOLY])
    both = np.concatenate([codes, codes]), np.concatenate([corners, corners + 100])
    got_codes, got = simplified_path(*both)
    want = corners[[0, 2, 4, 5, 6]]
    np.testing.assert_array_equal(got, np.concatenate([want, want + 100]))
    assert got_codes.tolist() == 2 * [1, 2, 2, 2, 79]


def test_curves_stay_as_they_are():
    codes, points = np.array([1, 4, 4, 4, 2, 2]), np.arange(12.0).reshape(6, 2)
    assert simplified_path(codes, points)[1] is points


def opened(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"), int)


def test_both_themes_of_a_picture_come_back_from_one_png_with_two_palettes():
    stage = hands.small()
    stage.kernel.complete_pictures()
    for layer in ("below", "above"):
        light, dark = (stage.picture.pictures[theme][layer] for theme in ("light", "dark"))
        parts = palette.paired(light, dark)
        for theme, png in (("light", light), ("dark", dark)):
            got = opened(parts["start"] + parts[theme] + parts["end"])
            seen = [c[..., :3] * (c[..., 3:] / 255) for c in (got, opened(png))]
            assert np.abs(seen[0] - seen[1]).max() <= max(palette.ALIKE)
        assert sum(map(len, parts.values())) < (len(light) + len(dark)) / 3


def test_a_picture_of_many_colours_has_no_palette():
    buffer = io.BytesIO()
    noise = np.random.default_rng(0).integers(0, 256, (60, 60, 3), np.uint8)
    Image.fromarray(noise).save(buffer, "PNG")
    assert palette.paired(buffer.getvalue(), buffer.getvalue()) is None
    np.testing.assert_array_equal(opened(palette.optimized(buffer.getvalue()))[..., :3], noise)


def test_the_small_picture_is_the_same_in_few_colours():
    png = picture(hands.small().figure)
    assert len(palette.small(png)) < len(png) / 2
    assert (np.abs(opened(palette.small(png)) - opened(png)).max(axis=2) > 32).mean() < 0.005


def test_colours_that_differ_by_little_become_one_and_a_jump_stays_sharp():
    rgba = np.full((256, 4), 255, np.uint8)
    rgba[:, 0] = np.where(np.arange(256) < 128, np.arange(256) // 2, 200)
    group, kept = merged(rgba)
    assert np.abs(kept[group].astype(int) - rgba).max() <= ALIKE
    assert len(kept) < 20
    assert group[128] == group[127] + 1


def test_operations_are_cut_where_they_begin():
    parts = [polyline([[1, 2], [3, 4]]), polyline([[5, 6]])]
    for got, want in zip(operations(np.concatenate(parts)), parts, strict=True):
        np.testing.assert_array_equal(got, want)
