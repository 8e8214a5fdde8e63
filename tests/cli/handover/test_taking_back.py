"""A handover taken back in every ledger, and one that is written in none."""

from __future__ import annotations

from pathlib import Path

from ledger.ui import ask
from tests.cli.handover.held import DAY, files, held, refused


def test_it_is_taken_back_in_every_ledger(two, monkeypatch):
    """From whichever of them, and the taking back too; what it held before is held again."""
    before = held(two)
    two.ok("handover", "--from", "Gu", "--to", "Lin", **DAY)
    after = held(two)
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "confirm", lambda _message: True)
    asked = two("-L", "b", "undo", **DAY)
    assert "and in ledger a" in asked.out + asked.err
    assert held(two) == before
    batch = two.ok("-L", "a", "history", "1", **DAY).splitlines()[-1].split("\t")[10]
    two.ok("-L", "a", "undo", batch, "--yes", **DAY)
    assert held(two) == after


def test_what_builds_on_it_elsewhere_keeps_all_of_it(two):
    """The refusal says in which ledger; nothing is taken back in any."""
    two.ok("handover", "--from", "Gu", "--to", "Lin", **DAY)
    two.ok("-L", "b", "assign", "1", "--owner", "Yan", **DAY)
    before = files()
    result = two("-L", "a", "undo", "--yes", **DAY)
    assert result.code == 4
    assert "ledger b: issue 1 has changed since: assign" in result.err
    assert "nothing was taken back in any ledger" in result.err
    assert files() == before


def test_nothing_is_written_anywhere_when_one_ledger_cannot_be_read(two):
    """The record is named (7); with --in it goes over where it can."""
    path = next(Path("ledgers/b/issues").iterdir())
    path.write_text(path.read_text(encoding="utf-8") + "<<<<<<< HEAD\n", encoding="utf-8")
    code, message, _hint = refused(two, "--from", "Gu", "--to", "Lin")
    assert (code, "ledgers/b/issues" in message) == (7, True)
    two.ok("handover", "--from", "Gu", "--to", "Lin", "--in", "a", **DAY)
    assert held(two, "--from", "Gu", "--in", "a") == []


def test_a_handover_of_a_signature_alone_is_taken_back_everywhere(two):
    """A ledger in which nothing else went over has its part as well."""
    settings = Path("ledgers/b/ledger.toml")
    text = settings.read_text(encoding="utf-8").split("[closeout]")[0]
    settings.write_text(
        text + '[closeout]\n[[closeout.steps]]\ncode = "office"\nsigners = ["Yan"]\n', encoding="utf-8"
    )
    two.ok("handover", "--from", "Yan", "--to", "Lin", **DAY)
    assert held(two, "--role", "signer") == ["Lin signer b office"]
    two.ok("-L", "b", "undo", "--yes", **DAY)
    assert held(two, "--from", "Yan") == ["Yan owner a 1", "Yan signer b office"]
