"""Markdown as HTML that needs nothing else: formulas become MathML, which every browser draws by itself."""

from functools import cache


@cache
def markdown():
    """mistune with tables and formulas, made once."""
    import mistune
    from latex2mathml.converter import convert
    from mistune.plugins.math import INLINE_MATH_PATTERN, math_in_list, math_in_quote, parse_inline_math

    renderer = mistune.HTMLRenderer(escape=False)
    plugins = ["table", "strikethrough", "math", math_in_list, math_in_quote]
    made = mistune.create_markdown(renderer=renderer, plugins=plugins)
    # The plugin ends a formula in a sentence with its line; in JupyterLab a line may break inside of one.
    multiline = INLINE_MATH_PATTERN.replace(r"[^$\\\n]", r"[^$\\]")
    made.inline.register("inline_math", multiline, parse_inline_math, before="codespan")
    renderer.register("inline_math", lambda _, tex: convert(tex.strip()))
    renderer.register("block_math", lambda _, tex: convert(tex.strip(), display="block"))
    return made


def to_html(source):
    """Markdown with TeX formulas -> HTML. Formulas are `$…$` and `$$…$$`, as in the lectures."""
    return str(markdown()(source))
