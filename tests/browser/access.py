"""What axe-core finds on a page: things that a screen reader or a keyboard cannot use."""

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe

# Rules whose findings are not ours, each with its reason.
NOT_OURS = {
    "aria-toggle-field-name",  # ipywidgets' check boxes: the label stands beside the field
    "scrollable-region-focusable",  # JupyterLab's own output areas
}


def violations(page, context):
    """Serious and critical violations inside the elements of a selector, as texts."""
    script = "0" if page.evaluate("'axe' in window") else AXE_SCRIPT  # half a megabyte: once for a page
    found = Axe(script).run(page, context={"include": [[context]]}).response["violations"]
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:200]}"
        for rule in found
        if rule["impact"] in ("serious", "critical") and rule["id"] not in NOT_OURS
        for node in rule["nodes"]
    ]
