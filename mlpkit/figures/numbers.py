"""Numbers as text for the sentences under a figure."""


def format_number(value, digits=3, sign=""):
    """A number for a sentence: a true minus sign, no exponent for everyday sizes.

    >>> format_number(-0.04567), format_number(2.5, sign="+")
    ('−0.0457', '+2.5')
    """
    return f"{value:{sign}.{digits}g}".replace("-", "−")
