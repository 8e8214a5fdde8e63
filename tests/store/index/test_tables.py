"""The tables of the index, as others see them."""

from __future__ import annotations

from ledger.store import index, sql, tables
from tests.store.shelf import context, dump, new_id, note, put, save

# -- for others -------------------------------------------------------------------------


def test_opens_in_sqlite_utils_as_it_is(book):
    """Plain tables with primary keys and foreign keys; columns are called as in the contract."""
    from sqlite_utils import Database

    index.connect(book).close()
    db = Database(book.index_path, execute_plugins=False)
    keys = {name: db[name].pks for name in sorted(db.table_names())}
    links = {(key.table, key.column, key.other_table) for name in keys for key in db[name].foreign_keys}
    contract = {
        "number",
        "title",
        "unit",
        "leader",
        "owner",
        "criterion",
        "term",
        "continuing",
        "due",
        "due_original",
    }
    columns = set(db["issue"].columns_dict)
    db.close()
    assert keys == {
        "file": ["name"],
        "folder": ["part"],
        "freshness": ["ledger"],
        "history": ["issue_uid"],
        "issue": ["uid"],
        "measure": ["uid"],
        "search": ["issue_uid"],
        "spell": ["issue_uid"],
        "serve": ["measure_uid", "issue_uid"],
    }
    assert ("measure", "issue_uid", "issue") in links
    assert contract <= columns


def test_the_version_changes_with_the_tables_and_the_program(book, monkeypatch):
    """Nobody has to remember to raise a number: another program's index is made anew (HOUSE §2.8)."""
    import importlib

    import ledger

    before = tables.VERSION
    monkeypatch.setattr(ledger, "__version__", "99.0")
    changed = importlib.reload(tables).VERSION
    monkeypatch.undo()
    assert (changed != before, importlib.reload(tables).VERSION) == (True, before)


def test_issues_as_they_were_are_asked_the_same_way(book):
    """An index in memory of issues has the same tables and rows as one of their files."""
    with index.connect(book) as kept:
        issues = dump(kept)
    with index.memory((record.issue, record.entries) for record in book.records()) as made:
        memory = dump(made)
    hidden = len(("edited", "file"))
    for found in (issues, memory):
        found["issue"] = [row[:-hidden] for row in found["issue"]]
        found.pop("file")
    assert memory == issues


def test_a_taken_back_entry_is_marked_and_not_searched(book):
    """What an undo took back stays in the history, marked, and is found no more."""
    from ledger.domain.acts import undoing

    draft = put(book, 4, "新问题", "甲")
    note(book, draft, "写错地方的记事")
    batch = draft.added[-1].batch
    draft.context = context("2025-04-02", batch=new_id())
    undoing.undo(draft, batch)
    save(book, draft)
    with index.connect(book) as connection:
        marked = sql.run(connection, f"SELECT undone FROM entry WHERE batch = '{batch}'")[1]
        texts = connection.execute('SELECT "text" FROM "search"').fetchall()
    assert (marked, [text for (text,) in texts if "写错" in text]) == ([(1,)], [])
