"""Archives that say nothing of when or where they were made."""

from __future__ import annotations

import io
import zipfile

from ledger.reports.archive import packed, unpacked

PARTS = {"目录.txt": "一".encode(), "a/b.xml": b"<b/>" * 1000, "empty": b""}


def test_the_parts_come_back_in_order():
    """What goes in comes out: names, order and bytes."""
    assert list(unpacked(packed(PARTS)).items()) == list(PARTS.items())


def test_an_entry_says_nothing_of_the_machine():
    """No clock, no rights, no system: every entry says the same of itself."""
    with zipfile.ZipFile(io.BytesIO(packed(PARTS))) as archive:
        said = {
            (each.date_time, each.create_system, each.external_attr, each.compress_type, each.extra)
            for each in archive.infolist()
        }
    assert said == {((1980, 1, 1, 0, 0, 0), 3, 0o600 << 16, zipfile.ZIP_DEFLATED, b"")}


def test_the_same_parts_give_the_same_bytes(monkeypatch):
    """Neither the hour nor the zone shows in the bytes."""
    first = packed(PARTS)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    assert packed(PARTS) == first
