"""A server extension: gives the page the deck, prints where the speaker's notes are, opens their window.

`mlpkit present` loads it into its own server and names the lecture in MLPKIT_PRESENT.
"""

import os
import webbrowser

from mlpkit.present.deck import read_deck
from mlpkit.present.prose import to_html
from mlpkit.present.workspace import NAME

LECTURE, WINDOWS = "MLPKIT_PRESENT", "MLPKIT_PRESENT_WINDOWS"
KEYS = """\
  → Space PageDown  next          ← PageUp  back         N P  next, previous slide    Home End  first, last
  S  speaker's notes    B  black    Esc  leave a slider    Shift X  leave, enter    F11  full screen"""


def _jupyter_server_extension_points():
    return [{"module": "mlpkit.present.server"}]


def _load_jupyter_server_extension(server):
    """Put the deck into JupyterLab's page, and say where the notes are once the server listens."""
    page = server.web_app.settings.setdefault("page_config_data", {})
    page["mlpkitDeck"] = for_page(read_deck(os.environ[LECTURE]))
    server.io_loop.add_callback(announce, server)


def for_page(deck):
    """What the layer and the speaker's window need, ready for JSON; the notes as HTML."""
    slides = [
        {"heading": slide.heading, "minutes": slide.minutes, "notes": to_html(slide.notes)}
        for slide in deck.slides
    ]
    return {"title": deck.title, "slides": slides}


def announce(server):
    """Print the keys and the address of the notes; open their window where one can be opened."""
    token = server.identity_provider.token
    address = f"{server.connection_url}lab/extensions/{NAME}/slides/notes.html" + (
        f"?token={token}" if token else ""
    )
    print(f"\nSpeaker's notes, in a window for your own screen:\n  {address}\nKeys:\n{KEYS}\n", flush=True)
    if os.environ.get(WINDOWS) == "1":
        webbrowser.open_new(address)
