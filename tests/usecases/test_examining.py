"""Records examined by one process or by several, one by one or many at a time: the same is found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ledger.store import entrylines, workers
from ledger.store.book import Book
from ledger.store.workspace import Workspace
from ledger.usecases import checking, examining

if TYPE_CHECKING:
    from ledger.domain.rules import Fault

GALLERY = Path(__file__).parents[1] / "broken"


def everything_found() -> dict[str, tuple[Fault, ...]]:
    """The faults of each broken ledger of the gallery, by its rule."""
    folders = [path for path in GALLERY.iterdir() if path.is_dir()]
    return {
        folder.name: checking.inspect(Book(Workspace(folder), "2025"), strict=True).faults
        for folder in sorted(folders)
    }


@pytest.mark.parametrize(("least", "many"), [(1, 10**9), (10**9, 1), (1, 1)])
def test_however_the_work_is_shared_the_same_is_found(monkeypatch, least, many):
    """Same faults, same order, same words: by several processes, by the quick way of reading entries, by both."""
    alone = everything_found()
    spread = workers.spread
    monkeypatch.setattr(examining, "LEAST", least)
    monkeypatch.setattr(entrylines, "MANY", many)
    monkeypatch.setattr(workers, "spread", lambda *given, **asked: spread(*given, **asked, size=2))
    assert everything_found() == alone


def test_a_sound_ledger_is_read_the_quick_way(run, tmp_path, monkeypatch):
    """What the program wrote needs neither the TOML reader nor a second writing nor another look at its lines."""
    run.ok("init", "2025", "--no-input")
    run.ok("add", "公章外借没有登记", "--unit", "党政办", "--due", "2025-06-30")
    run.ok("measure", "1", "-t", "建立外借登记簿。专人保管“公章”。", "-t", 'it\'s "so"')
    run.ok("note", "1.1", "-t", "清点公章3枚")
    monkeypatch.setattr(entrylines, "MANY", 1)
    for module, name in (("recordfile", "load"), ("recordfile", "render"), ("entrylines", "_slowly")):
        monkeypatch.setattr(f"ledger.store.{module}.{name}", None)
    assert checking.faults(Book(Workspace(tmp_path), "2025")) == []
