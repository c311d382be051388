"""Markdown as HTML that needs nothing else: formulas become MathML, which every browser draws by itself."""

import re

FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+?(?:\n[^$\n]+?)?)\$", re.DOTALL)


def to_html(source):
    """Markdown with TeX formulas -> HTML. Formulas are `$…$` and `$$…$$`, as in the lectures."""
    import mistune
    from latex2mathml.converter import convert

    kept, code = [], []

    def keep_code(match):
        code.append(match[0])
        return f"\x01{len(code) - 1}\x01"

    def keep(match):
        tex = (match[1] or match[2]).replace("\n>", "\n").strip()
        kept.append(convert(tex, display="block" if match[1] else "inline"))
        return f"\x02{len(kept) - 1}\x02"

    text = re.sub(r"```.*?```|`[^`\n]+`", keep_code, source, flags=re.DOTALL)
    text = FORMULA.sub(keep, text)
    text = re.sub(r"\x01(\d+)\x01", lambda match: code[int(match[1])], text)
    made = str(mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])(text))
    return re.sub(r"\x02(\d+)\x02", lambda match: kept[int(match[1])], made)
