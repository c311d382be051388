"""The running order of a class: which slide at which minute."""

CLASS = 50  # minutes


def plan(deck, length=CLASS):
    """The running order as text: a line a slide, the clock where a section begins, a line where a class ends.

    `length` is a class in minutes. A section is never cut in two: one that does not fit before the bell
    begins the next class.
    """
    lines, clock, classes = [], 0.0, 1
    for slide in deck.slides:
        if slide.minutes and clock and clock + slide.minutes > length:
            lines.append(
                f"       ----  the bell: class {classes + 1} begins here, {show(length - clock)} min to spare"
            )
            clock, classes = 0.0, classes + 1
        at = f"{show(clock):>5} {show(slide.minutes):>5}" if slide.minutes else " " * 11
        steps = len(slide.cells) - 1
        lines.append(f"{at}   {slide.number:2d}  {slide.heading}{f'  (+{steps})' if steps else ''}")
        clock += slide.minutes
    pieces = (
        f"in a class of {length} minutes" if classes == 1 else f"in {classes} classes of {length} minutes"
    )
    head = f"{deck.title}: {len(deck.slides)} slides, {show(deck.minutes)} minutes {pieces}"
    columns = "   at   min   slide  (+ what appears step by step)"
    return "\n".join([head, "", columns, *lines])


def show(minutes):
    """12.0 -> 12, 2.5 -> 2.5."""
    return f"{minutes:g}"
