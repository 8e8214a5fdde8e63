"""A ledger to be indexed, what is read of it, and a file system that has settled."""

from __future__ import annotations

import pytest

from ledger.store import indexfile
from tests.store.shelf import open_book, put


@pytest.fixture
def book(tmp_path):
    """A ledger of three issues."""
    made = open_book(tmp_path)
    put(made, 1, "公文办理拖延", "修订办法", "组织培训", unit="综合股", leader="顾某")
    put(made, 2, "账目不清", "逐笔核对", unit="财务股")
    put(made, 3, "管道漏水", unit="工程股")
    return made


@pytest.fixture
def reads(book, monkeypatch):
    """The names of the records read, in order."""
    names: list[str] = []
    read = type(book).read

    def counted(self, name, *rest):
        names.append(name)
        return read(self, name, *rest)

    monkeypatch.setattr(type(book), "read", counted)
    return names


@pytest.fixture
def aged(monkeypatch):
    """The file system's clock ten seconds on: whatever was written has settled."""
    moment = indexfile.moment
    monkeypatch.setattr(indexfile, "moment", lambda path: moment(path) + 10 * 10**9)
