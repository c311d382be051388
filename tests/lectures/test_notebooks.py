"""Notebook lint: what every lecture must look like."""

import ast
import json
import re
import tomllib
from itertools import accumulate, pairwise

import pytest
from notebooks import LECTURES, PATHS, cells, code, prose

from mlpkit.present import read_deck

SLIDE_TYPES = {"slide", "subslide", "fragment", "notes", "skip"}  # "-" would hide cells in slides mode
SLIDES = tomllib.loads((LECTURES / "slides.toml").read_text(encoding="utf-8"))["slide"]
each = pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)


@each
def test_every_cell_has_an_id_given_by_hand(path):
    ids = [cell["id"] for cell in cells(path)]
    assert len(set(ids)) == len(ids), f"{path.name} has two cells with one id: {duplicates(ids)}"
    for cell in cells(path):
        advice = (
            f"{path.name}: the cell that begins {cell['source'][:40]!r} has the id {cell['id']!r}: give it "
            "one, in the file, that says what the cell is, such as 'tent-map-explorable'"
        )
        assert re.fullmatch(r"[a-z]+[a-z0-9]*(-[a-z0-9]+)*", cell["id"]), advice
        assert not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f-]+)?", cell["id"]), (
            f"{advice} (a machine made this one)"
        )


def duplicates(names):
    """Those that are there more than once."""
    return sorted({name for name in names if names.count(name) > 1})


@each
def test_every_cell_says_its_part_in_the_slides_and_which_slides_it_covers(path):
    known = {slide["id"] for slide in SLIDES}
    for cell in cells(path):
        at, metadata = f"{path.name}, cell {cell['id']}", cell["metadata"]
        kind, unknown = metadata["slideshow"]["slide_type"], set(metadata["mlpkit"]["slides"]) - known
        assert kind in SLIDE_TYPES, (
            f"{at} has the slide type {kind!r}: give it one of {sorted(SLIDE_TYPES)} and its slides in its "
            'metadata, as in {"slideshow": {"slide_type": "fragment"}, "mlpkit": {"slides": ["neuron"]}}'
        )
        assert not unknown, f"{at}: slides.toml has no slide {sorted(unknown)}; it has {sorted(known)}"


@each
def test_there_is_at_least_as_much_prose_as_code(path):
    lines = [sum(len(c["source"].splitlines()) for c in kind(path)) for kind in (prose, code)]
    assert lines[0] >= lines[1], f"{path.name}: {lines[0]} lines of prose, {lines[1]} of code: explain more"


@each
def test_a_code_cell_is_short_and_plain_python(path):
    for cell in code(path):
        assert len(cell["source"].splitlines()) <= 15, cell["id"]
        ast.parse(cell["source"])  # no magics, no shell


@each
def test_the_first_code_cell_imports_and_touches_no_path(path):
    first = code(path)[0]["source"]
    assert isinstance(ast.parse(first).body[0], ast.Import | ast.ImportFrom)
    assert not re.search(r"sys\.path|os\.chdir|__file__", "\n".join(c["source"] for c in code(path)))


@each
def test_random_numbers_come_from_a_seeded_generator(path):
    for cell in code(path):
        assert not re.search(r"np\.random\.(?!default_rng\(\d)", cell["source"]), cell["id"]


@each
def test_a_stored_error_is_announced_by_its_tag(path):
    for cell in code(path):
        failed = any(output["output_type"] == "error" for output in cell["outputs"])
        assert failed == ("raises-exception" in cell["metadata"].get("tags", [])), cell["id"]


@each
def test_every_cell_that_shows_something_has_its_output_stored(path):
    for cell in code(path):
        last = ast.parse(cell["source"]).body[-1]
        shows = "print(" in cell["source"] or isinstance(last, ast.Expr)
        assert bool(cell["outputs"]) == shows, f"{cell['id']}: run make lectures"


@each
def test_nothing_that_changes_from_run_to_run_is_stored(path):
    text = path.read_text(encoding="utf-8")
    assert '"image/png"' not in text
    assert "0x7f" not in text
    book = json.loads(text)
    assert "widgets" not in book["metadata"]
    counts = [cell["execution_count"] for cell in code(path)]
    assert counts == list(range(1, len(counts) + 1)), "run make lectures"


@each
def test_a_notebook_is_small(path):
    size = path.stat().st_size
    assert size <= 100_000, f"{path.name} has {size:,} bytes, more than 100,000: shorten it"


@each
def test_links_to_other_notebooks_lead_somewhere(path):
    for cell in prose(path):
        for target in re.findall(r"\]\(([^)#]+)\)", cell["source"]):
            if not target.startswith("http"):
                assert (path.parent / target).exists(), f"{cell['id']}: {target}"


def test_the_last_section_of_a_lecture_leads_to_its_exercises_and_to_its_neighbours():
    names = sorted(path.name for path in LECTURES.glob("[0-9]*.ipynb"))
    for before, name, after in zip(names[:-1], names[1:], [*names[2:], None], strict=True):
        (text,) = [cell["source"] for cell in prose(LECTURES / name) if cell["id"] == "summary"]
        links = dict(re.findall(r"\*\*(\w+):\*\* \[[^]]+\]\(([^)]+)\)", text))
        wanted = {"Practice": f"../exercises/student/ex{name}", "Before": before, "Next": after}
        assert links == {word: target for word, target in wanted.items() if target}, name


@each
def test_a_formula_in_a_quoted_note_does_not_run_over_a_line_end(path):
    """The > of the next line would become part of the formula."""
    for cell in prose(path):
        for line in cell["source"].splitlines():
            if line.startswith(">"):
                assert line.replace("$$", "").count("$") % 2 == 0, f"{cell['id']}: {line}"


@each
def test_a_sentence_does_not_begin_as_a_numbered_list_does(path):
    """A line that begins with `21. ` is the twenty-first of a list."""
    for cell in prose(path):
        before = 0
        for number in map(int, re.findall(r"^ *(\d+)\. ", cell["source"], re.MULTILINE)):
            assert number in (1, before + 1), f"{cell['id']}: {number}"
            before = number


@each
def test_every_question_to_predict_has_its_folded_answer_before_the_next(path):
    question, answer = re.escape("**Predict first:**"), "<summary><b>Answer</b>"
    parts = [""]
    for cell in cells(path):
        if cell["metadata"]["slideshow"]["slide_type"] == "slide":
            parts.append("")
        if cell["cell_type"] == "markdown":
            parts[-1] += "".join(
                "A" if found == answer else "Q"
                for found in re.findall(f"{question}|{answer}", cell["source"])
            )
    assert "Q" in "".join(parts)
    for part in parts:
        assert not re.search("Q(?!A)", part), (
            f"part {parts.index(part)} of {path.stem} has questions (Q) and answers (A) in the order {part}: "
            "each **Predict first:** needs its <details><summary><b>Answer</b></summary> before the next"
        )


@each
def test_the_speakers_notes_say_what_to_ask_what_goes_wrong_and_how_long_it_takes(path):
    for cell in cells(path):
        if cell["metadata"]["slideshow"]["slide_type"] == "notes" and cell["id"] != "imports-notes":
            for wanted in (r"\b[Aa]sk\b", r"\bgoes\s+wrong\b", r"\bMinutes: \d"):
                assert re.search(wanted, cell["source"]), (
                    f"{path.name}, cell {cell['id']}: the speaker's notes say what to ask, what goes wrong "
                    f"and 'Minutes: N'; nothing matches {wanted}"
                )


@each
def test_pictures_in_the_text_have_alternative_texts(path):
    for cell in prose(path):
        assert not re.search(r"!\[\s*\]", cell["source"]), cell["id"]
        assert all("alt=" in tag for tag in re.findall(r"<img[^>]*>", cell["source"])), cell["id"]


def test_the_deck_has_its_23_slides_in_order():
    assert [slide["number"] for slide in SLIDES] == list(range(1, 24))
    assert len({slide["id"] for slide in SLIDES}) == 23
    for slide in SLIDES:
        assert slide["verdict"] in {"correct", "damaged", "erratum", "qualified"}
        assert slide["title"]
        assert slide["verdict"] == "correct" or slide["note"], f"{slide['id']} needs a note"


def test_the_map_in_the_first_notebook_is_the_deck():
    (table,) = [c["source"] for c in prose(LECTURES / "00_start_here.ipynb") if c["id"] == "map"]
    rows = re.findall(r"^\| (\d\d) \|[^|]+\| ([^|]+) \|", table, re.MULTILINE)
    assert [number for number, _ in rows] == [f"0{i}" for i in range(9)]
    for number, listed in rows:
        numbers = [] if listed.startswith("authored") else [int(n) for n in re.findall(r"\d+", listed)]
        assert numbers == [s["number"] for s in SLIDES if s["lecture"].startswith(number)], (
            f"lecture {number}"
        )


@each
def test_a_lecture_covers_its_slides_under_their_titles_in_the_order_of_the_deck(path):
    mine = [slide for slide in SLIDES if slide["lecture"] == path.stem]
    titles = [slide["title"] for slide in mine]
    headings = [h for c in prose(path) for h in re.findall(r"^##? (.+)$", c["source"], re.MULTILINE)]
    assert [h for h in headings if h in titles] == titles
    sections = [
        c for c in prose(path) if c["metadata"]["mlpkit"]["slides"] and re.search(r"^##? ", c["source"])
    ]
    assert [c["metadata"]["mlpkit"]["slides"] for c in sections] == [[slide["id"]] for slide in mine]


@each
def test_a_qualified_slide_has_its_fine_print_and_the_proof_is_run(path):
    for slide in SLIDES:
        if slide["lecture"] == path.stem and slide["verdict"] in {"erratum", "qualified"}:
            mine = [c for c in cells(path) if slide["id"] in c["metadata"]["mlpkit"]["slides"]]
            assert any(re.search(r"fine print|erratum", c["source"], re.IGNORECASE) for c in mine), slide[
                "id"
            ]
            assert any(c["id"].endswith("-proof") and c["cell_type"] == "code" for c in mine), slide["id"]


@each
def test_every_explorable_follows_its_question_and_precedes_the_answer(path):
    """A reader predicts, then moves: prose comes before each explorable."""
    for before, cell in pairwise(cells(path)):
        if cell["cell_type"] == "code" and re.match(r"explore\.", cell["source"]):
            assert before["cell_type"] == "markdown" or "print(" in before["source"], (
                f"{path.name}: cell {cell['id']} shows an explorable; put a cell with its question "
                "(**Predict first:** …) in front of it"
            )


@each
def test_the_minutes_of_a_lecture_its_parts_and_its_sections_add_up(path):
    """The first notes say `N minutes`, then `part: M.`; each part is a run of whole sections."""
    deck = read_deck(path)
    sections = list(accumulate(slide.minutes for slide in deck.slides if slide.minutes))
    if path.stem.startswith("00"):  # one section, and what each reads alone
        assert sections == [10]
        return
    (notes,) = [cell["source"] for cell in prose(path) if cell["id"] == "imports-notes"]
    minutes = int(re.search(r"(\d+) minutes", notes)[1])
    parts = list(accumulate(int(m) for m in re.findall(r": (\d+)(?: min)?[.;]", notes)))
    assert minutes == sections[-1] == deck.minutes, (
        f"{path.name}: {minutes} in the notes, {deck.minutes} added up"
    )
    assert parts[-1] == minutes, f"{path.name}: the parts add up to {parts[-1]}, not to {minutes}"
    assert set(parts) <= set(sections), f"{path.name}: parts end at {parts}, sections at {sections}"


@each
def test_no_section_leaves_a_part_without_minutes(path):
    """A heading with a question of its own has notes of its own, or shares them with at most three others."""
    if path.stem.startswith("00"):
        return
    shared, titles = 0, []
    for cell in cells(path):
        if cell["metadata"]["slideshow"]["slide_type"] == "slide" and cell["id"] not in ("title", "summary"):
            titles.append(cell["id"])
        if cell["metadata"]["slideshow"]["slide_type"] == "notes" and "Minutes:" in cell["source"]:
            shared, titles = max(shared, len(titles)), []
            assert shared <= 5, f"{path.name}: {cell['id']} is for {shared} slides: give each its minutes"
