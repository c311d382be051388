"""The page of a student and that of the class: what they say, and what they never say."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from grading.classroom import HOSTILE, SET, a_class, answers, missing, student, unexplained

from mlpkit.exercises.registry import question
from mlpkit.grading.pages import class_page, page_names, student_page, write_pages
from mlpkit.grading.records import Answer, Graded, Override, Row
from mlpkit.grading.results import ResultsError
from mlpkit.grading.similarity import Group

WRONG = next(
    one for one in answers("gelu") if one.misconception == "one-missing" or "1 in the" in one.explanation
)
RIGHT = answers("sigmoid")[0]
ADA = student("ada", WRONG, RIGHT, name="Ada Lovelace")
LOST = Graded("bob", status="not graded", reason="The zip file is damaged.")


class Reader(HTMLParser):
    """The elements and the visible text of a page; an element that is not closed is an error."""

    VOID = ("meta", "br", "wbr")

    def __init__(self, page):
        super().__init__()
        self.open, self.elements, self.said = [], [], []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag == "br":
            self.said.append(" ")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        if tag not in ("span", "bdi", "code", "strong", "a"):
            self.said.append(" ")

    def handle_data(self, data):
        if not {"style", "svg"} & set(self.open):
            self.said.append(data)

    @property
    def text(self):
        return " ".join("".join(self.said).split())


def text_of(page):
    return Reader(page).text


class TestStudent:
    def test_it_says_what_check_says(self):
        said = text_of(student_page(ADA, "Exercise 3"))
        for words in (
            "Exercise 3",
            "Ada Lovelace",
            "Student ada",
            "ada.ipynb",
            WRONG.explanation,
            WRONG.hint,
        ):
            assert words in said
        assert f"{ADA.points:g} of {ADA.of:g} points" in said
        assert "gelu not yet right, " in said
        assert f"sigmoid passed, {RIGHT.points:g} of {RIGHT.of:g} points" in said
        for row in (*WRONG.rows, *RIGHT.rows):
            assert row.name in said
            assert row.description in said
        assert all(" ".join(line.split()) in said for line in WRONG.call.splitlines())

    def test_signs_and_words_tell_right_from_missing_properties(self):
        row = re.compile(r"([✓✗]) (right|missing): (.+)")
        for sign, word, _ in row.findall(text_of(student_page(student("ada", WRONG)))):
            assert (sign, word) in (("✓", "right"), ("✗", "missing"))

    def test_what_is_not_passed_names_the_section_to_read(self):
        said = text_of(student_page(ADA))
        assert "Read again: lecture 03, GELU." in said
        assert said.count("Read again") == 1

    def test_points_and_comments_by_hand_stand_beside_the_automatic_ones(self):
        given = (Override("gelu", 5.0, "Right idea."), Override("", None, "Well done!"))
        said = text_of(student_page(replace(ADA, overrides=given)))
        assert f"{5 + RIGHT.points:g} of {ADA.of:g} points" in said
        assert f"automatically: {WRONG.points:g} of {WRONG.of:g}" in said
        assert "Comment of your instructor Right idea." in said
        assert "Well done!" in said

    def test_a_total_by_hand_is_the_total_and_its_origin_is_said(self):
        said = text_of(student_page(replace(ADA, overrides=(Override("", 3.0),))))
        assert f"3 of {ADA.of:g} points (given by your instructor)" in said

    def test_not_graded_is_said_with_the_reason_and_is_no_zero(self):
        said = text_of(student_page(LOST))
        assert "Not graded" in said
        assert "This submission was not graded. The zip file is damaged. This is not a zero" in said
        assert "0 of" not in said

    def test_points_by_hand_for_what_was_not_graded_are_shown(self):
        given = (Override("gelu", 4.0, "on paper"), Override("sigmoid", None, "missing"))
        said = text_of(student_page(replace(LOST, overrides=given)))
        assert "4 points" in said
        assert "gelu graded by your instructor, 4 points" in said
        assert "This is not a zero" not in said
        assert "sigmoid not graded" in said

    def test_a_question_that_was_not_checked_is_no_fault_of_the_students_and_no_zero(self):
        open_ = replace(WRONG, status="not checked", points=0.0, rows=(), hint="please report", call="")
        said = text_of(student_page(student("ada", open_, RIGHT)))
        assert "Not graded yet: gelu." in said
        assert "no fault of yours, and it is not a zero" in said
        assert f"{RIGHT.points:g} of {RIGHT.of:g} points so far" in said
        assert f"– of {WRONG.of:g}" in said
        assert "0 of" not in said

    def test_a_missing_function_and_the_notes_are_named(self):
        notes = ("The function gelu was defined twice: the last one counts.", "Cell 3 failed: NameError")
        said = text_of(student_page(student("ada", missing("gelu"), notes=notes)))
        assert "no function of this name was found, 0 of" in said
        assert all(note in said for note in notes)

    def test_it_holds_no_solution_and_no_hash(self):
        page = student_page(
            student("ada", *(answers(name)[-1] for name in SET), content="c0ffee", settings="seeds 77")
        )
        for name in SET:
            source = question(name).solution.__code__
            assert source.co_name in page
            assert answers(name)[-1].form not in page
        assert "erf = np.vectorize" not in page
        assert "c0ffee" not in page
        assert "seeds 77" not in page
        assert "expected:" not in page


class TestClass:
    def test_the_most_frequent_mistake_comes_first_with_words_hint_and_section(self):
        records = a_class()
        said = text_of(class_page(records, SET, "Exercise 3"))
        assert re.search(r"112\s*submissions 109\s*graded 1\s*partly graded 2\s*not graded", said)
        counts = [int(n) for n in re.findall(r"(\d+) of \d+ \w+: It looks", said)]
        assert len(counts) > 10
        assert counts == sorted(counts, reverse=True)
        worst = question("sigmoid_backward").misconceptions[0]
        first = said.index(f"It looks as if {worst.name}.")
        assert said.index("What to teach next", 300) < first < said.index("Distribution of points")
        assert worst.hint in said
        assert "Treated in lecture 03, Common Activation Functions (table)" in said

    def test_counts_are_of_those_who_were_graded_at_this_question(self):
        open_ = replace(RIGHT, question="gelu", status="not checked", points=0.0)
        records = [student("a", WRONG), student("b", WRONG), student("c", open_), LOST]
        said = text_of(class_page(records, ["gelu"]))
        assert f"2 of 2 gelu: {WRONG.explanation}" in said
        assert "0 of 2 0%" in said  # nobody of two passed

    def test_mean_and_median_are_of_those_who_have_a_total(self):
        records = [
            student(n, replace(WRONG, points=p)) for n, p in (("a", 1.0), ("b", 2.0), ("c", 2.5), ("d", 6.0))
        ]
        said = text_of(class_page([*records, LOST], ["gelu"]))
        assert "2.88 of 6 points on average" in said
        assert "2.25 median" in said

    def test_points_by_hand_count(self):
        records = [replace(student("a", WRONG), overrides=(Override("gelu", 6.0),)), student("b", WRONG)]
        assert "1 of 2 50%" in text_of(class_page(records, ["gelu"]))

    def test_fitted_numbers_are_those_that_most_students_read(self):
        fitted = next(one for one in answers("gelu") if one.misconception == "tanh-approximation")
        other = replace(fitted, explanation="It looks as if the approximation by tanh is used, with 0.3 z³.")
        said = text_of(
            class_page([student("a", fitted), student("b", fitted), student("c", other)], ["gelu"])
        )
        assert f"3 of 3 gelu: {fitted.explanation}" in said
        assert "0.3 z³" not in said

    def test_unsolved_unexplained_and_not_graded_have_their_parts(self):
        records = [student("a", unexplained("gelu")), student("b", unexplained("gelu")), LOST]
        said = text_of(class_page(records, ["gelu"]))
        assert "Questions that nobody solved" in said
        assert re.search(r"gelu: 2 graded, [\d.]+ of 6 points on average; lecture 03, GELU", said)
        assert re.search(r"2 of 2 gelu: .*values", said)
        assert "bob The zip file is damaged. not graded" in said

    def test_parts_with_nothing_in_them_are_left_out(self):
        said = text_of(class_page([student("a", RIGHT)], ["sigmoid"]))
        for heading in ("nobody solved", "Equal answers", "overrides.csv", "Not graded"):
            assert heading not in said
        assert "No known mistake was found." in said

    @pytest.mark.parametrize("records", [[], [LOST]])
    def test_a_class_without_results_has_a_page(self, records):
        assert "not graded in any submission" in text_of(class_page(records, list(SET)))

    def test_equal_answers_and_problems_are_shown_as_given(self):
        group = Group(("a", "b"), ("gelu",), ("gelu", "sigmoid"), 1e9)
        problem = "overrides.csv, line 3: no submission of a student 'eve'"
        said = text_of(
            class_page([student("a", RIGHT), student("b", RIGHT)], ["sigmoid"], "", [group], [problem])
        )
        assert "a, b gelu" in said
        assert "a reason to look and no proof" in said
        assert problem in said

    def test_an_unknown_misconception_is_shown_by_what_the_students_read(self):
        old = replace(WRONG, misconception="gone-since", explanation="It looks as if something old is wrong.")
        assert "It looks as if something old is wrong." in text_of(class_page([student("a", old)], ["gelu"]))

    def test_a_page_of_a_thousand_students_stays_below_a_megabyte(self):
        rng = np.random.default_rng(0)
        some = a_class(100)
        records = [
            replace(
                some[rng.integers(100)], student=f"student-{i:06}", name="Maria-Magdalena von Sonnenschein"
            )
            for i in range(1000)
        ]
        page = class_page(records, SET, "Exercise 3")
        assert len(page.encode()) <= 2**20
        assert page.count('href="students/student-') >= 1000


def hostile(name):
    """A submission in which every text that may come from outside is the hostile one."""
    answer = Answer(
        "gelu",
        0.0,
        6.0,
        "not yet right",
        None,
        name,
        name,
        (Row(name, 0.0, 1.0, name),),
        name,
        (name,),
        name,
        30,
    )
    return Graded(
        name, name=name, reason=name, files=(name,), answers=(answer,), notes=(name,), sent=name, layout=name,
        overrides=(Override("gelu", None, name), Override("", None, name)),
    )  # fmt: skip


def student_page_of(record):
    return student_page(record, record.name)


def class_page_of(record):
    group = Group((record.student,), ("gelu",), (), 9.0)
    lost = replace(LOST, reason=record.name)
    return class_page([record, lost], ["gelu"], record.name, [group], [record.name])


class TestHostile:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_no_text_of_strangers_becomes_markup_or_hides_anything(self, name):
        plain, evil = hostile("harmless"), hostile(name)
        for page in (student_page_of, class_page_of):
            found, wanted = Reader(page(evil)), Reader(page(plain))
            assert [tag for tag, _ in found.elements if tag != "wbr"] == [tag for tag, _ in wanted.elements]
            assert {key for _, a in found.elements for key in a} == {
                key for _, a in wanted.elements for key in a
            }
            assert (
                re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", page(evil))
                is None
            )
            page(evil).encode()

    @pytest.mark.parametrize("name", HOSTILE)
    def test_a_page_stays_small_whatever_is_in_it(self, name):
        evil = hostile(name * 1000 if len(name) < 5000 else name * 200)
        evil = replace(evil, notes=evil.notes * 5000, files=evil.files * 500)
        assert len(student_page(evil, "x").encode()) < 10**6

    def test_a_page_forbids_scripts_and_loads_nothing(self):
        for page in (student_page(ADA), class_page(a_class(12), SET)):
            elements = Reader(page).elements
            (policy,) = [
                a["content"] for t, a in elements if a.get("http-equiv") == "Content-Security-Policy"
            ]
            assert policy.startswith("default-src 'none'; style-src 'sha256-")
            assert "unsafe" not in policy
            assert not {tag for tag, _ in elements} & {
                "script",
                "img",
                "link",
                "iframe",
                "object",
                "base",
                "form",
            }
            assert not [a for _, a in elements if {"src", "style", "srcset"} & set(a)]
            assert not [k for _, a in elements for k in a if k.startswith("on")]
            links = [a["href"] for tag, a in elements if "href" in a]
            assert all(link.startswith(("#", "students/")) for link in links)


class TestNames:
    @pytest.mark.parametrize(
        "name", [*HOSTILE, "..", ".", "...", "nul.txt", "LPT1", "a/b", "a\\b", "C:x", "-rf", " ", "é" * 90]
    )
    def test_a_name_is_safe_on_every_system(self, name):
        page = page_names([name])[name]
        assert re.fullmatch(r"[^\W_][\w.@~-]*\.html", page)
        assert len(page.encode()) <= 200
        assert not re.match(r"(?i)(con|nul|lpt\d)\.", page)

    def test_plain_names_stay_as_they_are(self):
        assert page_names(["20037", "ada.lovelace", "李善蘭"]) == {
            name: f"{name}.html" for name in ("20037", "ada.lovelace", "李善蘭")
        }

    def test_no_two_are_equal_on_any_system(self):
        students = [
            "Ada",
            "ada",
            "ADA",
            "a/da",
            "a_da",
            "a\\da",
            "é",
            "e\u0301",
            "straße",
            "strasse",
            *HOSTILE,
        ]
        students += [page.removesuffix(".html") for page in page_names(students).values()]
        students = list(dict.fromkeys(students))
        names = page_names(students)
        assert len({name.casefold() for name in names.values()}) == len(students)


class TestWriting:
    def test_every_student_has_a_page_that_the_class_page_links(self, tmp_path):
        records = [*a_class(12), student("a/../b", RIGHT), student("x y%", RIGHT)]
        write_pages(tmp_path, records, SET, "Exercise 3")
        links = re.findall(r'href="(students/[^"]+)"', (tmp_path / "class.html").read_text(encoding="utf-8"))
        from urllib.parse import unquote

        assert {tmp_path / unquote(link) for link in links} == set((tmp_path / "students").iterdir())
        assert len(set(links)) == len(records)

    def test_pages_of_students_who_are_gone_are_removed_and_files_of_others_stay(self, tmp_path):
        write_pages(tmp_path, [ADA, student("bob", RIGHT)], SET)
        (tmp_path / "students" / "mine.html").write_text("<!doctype html>my own page")
        (tmp_path / "students" / "notes.txt").write_text("mine")
        (tmp_path / "students" / "link.html").symlink_to(tmp_path / "students" / "bob.html")
        write_pages(tmp_path, [ADA], SET)
        assert sorted(path.name for path in (tmp_path / "students").iterdir()) == [
            "ada.html", "link.html", "mine.html", "notes.txt",
        ]  # fmt: skip

    def test_the_same_records_give_the_same_bytes(self, tmp_path):
        for name, records in (("one", a_class(20)), ("two", a_class(20)[::-1])):
            write_pages(tmp_path / name, records, SET)
        for path in (tmp_path / "one").rglob("*.html"):
            assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()

    def test_a_link_in_place_of_the_students_folder_is_not_followed(self, tmp_path):
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "results").mkdir()
        (tmp_path / "results" / "students").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(ResultsError, match="students is a symbolic link"):
            write_pages(tmp_path / "results", [ADA], SET)
        assert list((tmp_path / "elsewhere").iterdir()) == []

    def test_copies_are_on_the_page_of_the_class(self, tmp_path):
        write_pages(tmp_path, a_class(112), SET)
        said = text_of((tmp_path / "class.html").read_text(encoding="utf-8"))
        assert "20185, 20222" in said
