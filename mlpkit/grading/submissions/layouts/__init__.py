"""How learning platforms lay out what students handed in. Each module recognises one of them.

`RULES` is the text that `mlpkit grade --help` prints.
"""

from mlpkit.grading.submissions.layouts import canvas, gradescope, moodle, nbgrader, plain

RULES = """\
SUBMISSIONS are notebooks (.ipynb), Python files (.py, cells begin at lines `# %%`), folders and zips; a zip
counts as a folder and may lie in a student's folder. All notebooks of a student are read, in the order of
their names (ex2 before ex10). How they are laid out is recognised from names:

  Moodle       "Ada Lovelace_123456_assignsubmission_file_/ex05.ipynb" (download with folders) or
               "Ada Lovelace_123456_assignsubmission_file_ex05.ipynb" (without): student 123456.
  Canvas       "lovelaceada_12345_67890_ex05.ipynb", "lovelaceada_LATE_12345_67890_ex05-1.ipynb":
               student 12345 (the user's id), late where it says LATE; of ex05 and ex05-1 the latter counts.
               Anonymous: "anon_a1B2c_67890_ex05.ipynb": student a1B2c.
  nbgrader     submitted/STUDENT/ASSIGNMENT/ex05.ipynb and timestamp.txt; the course's folder, its
               `submitted`, the folder of one student in it or an exchange's `inbound` may be given.
  Gradescope   submission_123456789/ex05.ipynb and submission_metadata.yml: the student's id from that file
               (all of a group), else the number; of two submissions of a student the later counts.
  folders      STUDENT/…/ex05.ipynb or STUDENT.zip: the folder's name. The course's own lectures
               (lectures/00_….ipynb to 08_….ipynb), masters and package are not submissions.
  notebooks    STUDENT.ipynb: the file's name. Notebooks that all have the names of the course
               (ex05_backpropagation.ipynb) belong to one student: the one that the folder is named after.

Hidden files, .ipynb_checkpoints, __MACOSX and __pycache__ are left out; links are not followed.
A file that cannot be read is listed with the reason and costs nobody else anything."""

LAYOUTS = (gradescope, nbgrader, moodle, canvas)  # `plain` is what remains

__all__ = ["LAYOUTS", "RULES", "canvas", "gradescope", "moodle", "nbgrader", "plain"]
