"""A term is introduced before it is used: this table has the cell that introduces each."""

import re

import pytest
from notebooks import PATHS, prose

# term -> (as it is used, lecture, cell that introduces it, as it is written there)
TERMS = {
    "bias": (r"\bbias\b", "00", "sliders-task", r"\*\*bias\*\* \$b\$"),
    "softmax": (r"\bsoftmax\b", "01", "linear-models", r"softmax, one score for each class"),
    "logit": (r"\blogits?\b", "02", "output-sigmoid", r"\*\*logit\*\*"),
    "temperature": (r"\btemperature\b", "02", "softmax-predict", r"\*\*temperature\*\*"),
    "learning rate": (r"learning rate|\\eta", "02", "mean-predict", r"\*\*learning rate\*\* \$\\eta\$"),
    "He's initialization": (r"\bHe weights|\bHe's", "03", "start-predict", r"\*\*He's initialization\*\*"),
    "m̂ and v̂": (r"\\hat m|\\hat v", "06", "momentum", r"\\hat m = m/\(1 - \\beta_1\^t\)"),
    "epoch": (r"\bepochs?\b", "06", "minibatch", r"\*\*epoch\*\*"),
    "tent, iterated": (r"\\mathrm\{tent\}\^", "08", "tent", r"is written \$\\mathrm\{tent\}\^k\(x\)\$"),
    "linear region": (r"linear regions?", "08", "regions", r"\*\*linear regions\*\*"),
}


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_introduced_where_it_is_used_first(term):
    used, lecture, name, introduced = TERMS[term]
    for path in PATHS:
        for cell in prose(path):
            if (path.stem[:2], cell["id"]) == (lecture, name):
                assert re.search(introduced, cell["source"]), f"{path.stem}, {name} does not introduce {term}"
                return
            hidden = cell["id"].endswith(("-practice", "-notes")) or cell["id"] in ("title", "references")
            assert hidden or not re.search(used, cell["source"]), (
                f"{path.stem}, {cell['id']} uses {term}, which lecture {lecture}, {name} introduces"
            )
    raise AssertionError(f"lecture {lecture} has no cell {name}")
