"""The theme of a stage's first picture: before any page has sent its theme, and after."""

import pytest
from stage import hands

from mlpkit.stage.kernel import Kernel


class TestTheme:
    @pytest.mark.parametrize(
        ("text", "theme"),
        [
            ('{"theme": "JupyterLab Dark"}', "dark"),
            ('{\n  // "theme": "JupyterLab Dark",\n  "theme": "JupyterLab Light"\n}', "light"),
            ('{\n    "preferred-dark-theme": "JupyterLab Dark"\n}', "light"),
            (None, "light"),
        ],
    )
    def test_the_first_picture_has_the_theme_of_jupyterlabs_settings(
        self, text, theme, tmp_path, monkeypatch
    ):
        file = tmp_path / "@jupyterlab" / "apputils-extension" / "themes.jupyterlab-settings"
        file.parent.mkdir(parents=True)
        if text:
            file.write_text(text, encoding="utf-8")
        monkeypatch.setenv("JUPYTERLAB_SETTINGS_DIR", str(tmp_path))
        monkeypatch.setattr(Kernel, "seen_theme", "")
        assert list(hands.small().picture.pictures) == [theme]

    def test_the_theme_of_the_last_page_comes_first(self, tmp_path, monkeypatch):
        monkeypatch.setenv("JUPYTERLAB_SETTINGS_DIR", str(tmp_path))
        monkeypatch.setattr(Kernel, "seen_theme", "dark")
        assert list(hands.small().picture.pictures) == ["dark"]
