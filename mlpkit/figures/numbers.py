"""Numbers as text for the sentences under a figure."""


def format_number(value, digits=3, sign=""):
    """A number for a sentence: a true minus sign, no exponent for everyday sizes.

    >>> format_number(-0.04567), format_number(2.5, sign="+")
    ('−0.0457', '+2.5')
    """
    return f"{value:{sign}.{digits}g}".replace("-", "−")


def signed(value):
    """A number as a term of a sum: its sign, a space, its size.

    >>> f"2x₁ {signed(-0.5)}x₂ {signed(3)}"
    '2x₁ − 0.5x₂ + 3'
    """
    return f"{'−' if value < 0 else '+'} {format_number(abs(value))}"


def scientific(value):
    """A number that is not negative: plain, or with a power of ten where it is very small or very large.

    >>> scientific(0.031), scientific(1.91e-12)
    ('0.031', '1.9·10⁻¹²')
    """
    if value == 0 or 1e-3 <= value < 1e4:
        return format_number(value, 2)
    digits, exponent = f"{value:.1e}".split("e")
    return f"{digits}·10{superscript(int(exponent))}"


def superscript(exponent):
    """A whole number as an exponent.

    >>> f"10{superscript(-12)}"
    '10⁻¹²'
    """
    return str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
