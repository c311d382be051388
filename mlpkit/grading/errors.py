"""The error that another system's part of grading raises."""


class OtherSystemError(Exception):
    """A cluster, a course or a platform is not as it should be; the text says what to do."""
