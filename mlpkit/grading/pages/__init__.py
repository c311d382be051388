"""Pages of results: one a student, one for the class; self-contained HTML without scripts."""

from mlpkit.grading.pages.classroom import class_page
from mlpkit.grading.pages.names import page_names
from mlpkit.grading.pages.student import student_page
from mlpkit.grading.pages.writing import CLASS, STUDENTS, write_pages

__all__ = ["CLASS", "STUDENTS", "class_page", "page_names", "student_page", "write_pages"]
