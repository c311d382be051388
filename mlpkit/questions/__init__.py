"""One folder a set, one file a question. How to write one: mlpkit/exercises/README.md."""
