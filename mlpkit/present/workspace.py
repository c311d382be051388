"""The workspace of a presentation: a copy of the lectures, and JupyterLab's settings for a classroom.

Everything is in `.jupyter/present` of the checkout, so neither the lectures nor the settings of `mlpkit lab`,
let alone those of the reader's own JupyterLab, are touched. The copy is made anew at each start.
"""

import json
import shutil
from pathlib import Path

EXTENSIONS = Path(__file__).parent / "labextension"  # where JupyterLab finds ours
NAME = "mlpkit-present"

SETTINGS = {
    "@jupyterlab/notebook-extension/tracker": {
        "windowingMode": "none",  # the slides mode wants every cell on the page
        "scrollPastEnd": False,
        "showHiddenCellsButton": False,
        "autoStartDefaultKernel": True,
    },
    "@jupyterlab/docmanager-extension/plugin": {
        "autosave": False
    },  # a lecture is not rewritten by showing it
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@deathbeds/jupyterlab-deck/plugin": {"active": False},  # our layer starts it when all is ready
}
KEPT = {"@jupyterlab/apputils-extension/themes": {"theme": "JupyterLab Light"}}  # a choice made here stays


def prepare(folder, lecture):
    """Make `folder` ready for presenting `lecture` -> the path of its copy.

    The files beside the lecture are copied too, since lectures link to each other.
    """
    copies = folder / "lectures"
    for old in (copies, folder / "workspaces"):  # a workspace would bring yesterday's tabs back
        shutil.rmtree(old, ignore_errors=True)
    copies.mkdir(parents=True)
    for path in lecture.parent.iterdir():
        if path.is_file() and not path.name.startswith("."):
            shutil.copy(path, copies)
    for settings, keep in ((SETTINGS, False), (KEPT, True)):
        for name, values in settings.items():
            file = folder / "settings" / f"{name}.jupyterlab-settings"
            if not (keep and file.exists()):
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    return copies / lecture.name


def workspace_variables(folder):
    """Variables that lead JupyterLab to this workspace, over those of `cli.checkout.jupyter_environment`."""
    return {
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
    }
