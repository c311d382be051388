"""How much of a submission is read. Honest ones stay far below; what is left out is always said."""

MEBIBYTE = 2**20
FILE_BYTES = 32 * MEBIBYTE  # one notebook, unpacked
PACKED_BYTES = 64 * MEBIBYTE  # a zip that lies in a zip: it is held in memory while it is read
STUDENT_BYTES = 96 * MEBIBYTE  # all that is read for one student, unpacked
RATIO = 200  # unpacked to packed; checked above RATIO_BYTES only
RATIO_BYTES = 8 * MEBIBYTE
ENTRIES = 10_000  # files in one student's zip
DIRECTORY_BYTES = 4 * MEBIBYTE  # list of contents of a student's zip
FOLDER_ENTRIES = 20_000  # files below one folder, at most three folders down
CLASS_ENTRIES = 500_000  # files in what is given on the command line
CLASS_DIRECTORY_BYTES = 64 * MEBIBYTE
DEPTH = 20  # folders inside folders
NOTEBOOKS = 100  # of one student
BRACKETS = 400_000  # [ and { in one notebook: each becomes an object of 60 to 300 bytes
COMMAS = 2_000_000
CELLS = 2000
CELL_CHARACTERS = 200_000
CODE_CHARACTERS = 4_000_000  # of one notebook
STUDENT_CHARACTERS = 8_000_000  # of one student
NAME_CHARACTERS = 120  # of a name as the reports show it
KEY_CHARACTERS = 64  # of a student's key, which becomes a file name
NOTES = 20  # of one notebook or submission
METADATA_BYTES = 16 * MEBIBYTE  # Gradescope's submission_metadata.yml
