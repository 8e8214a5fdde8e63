"""Chinese words for tests, whether translations wait as fragments or are merged and compiled."""

from __future__ import annotations

import pytest

from ledger import language


@pytest.fixture
def chinese(tmp_path_factory, monkeypatch):
    """Speak Chinese from the words in the source tree, whether they were merged and compiled already or not."""
    from tools import catalogue

    folder = tmp_path_factory.mktemp("locale")
    compiled = folder / "zh_CN" / "LC_MESSAGES" / f"{language.DOMAIN}.mo"
    compiled.parent.mkdir(parents=True)
    compiled.write_bytes(catalogue.compiled(catalogue.written(catalogue.merged()[0])))
    monkeypatch.setattr(language, "CATALOGUES", folder)
