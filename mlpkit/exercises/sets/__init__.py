"""One folder a set, one file a question. How to write one: README.md in the folder above."""
