"""`ledger export`: the whole ledger for other programs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests import town


@pytest.fixture
def ledger(run):
    return town.start(run)


def test_json_holds_everything(run, ledger):
    """Every record with sign-offs and notes, void ones too, as codes."""
    found = json.loads(run.ok("export", "json", now=town.JUNE))
    assert (found["schema"], found["ledger"], found["as_of"]) == ("ledger/export@1", "2025", "2025-06-30")
    assert [(each["id"], each["status"]) for each in found["issues"]] == [
        ("1", "closed"),
        ("2", "active"),
        ("3", "void"),
        ("4", "longterm"),
    ]
    first = found["issues"][0]["measures"][0]
    assert (first["unit"], first["due"], first["closed_on"]) == ("Office", "2025-06-15", "2025-05-20")
    assert [(each["step"], each["on"], each["signer"]) for each in first["closeouts"][0]["signatures"]] == [
        ("close", "2025-05-20", "Gu")
    ]
    assert found["issues"][1]["measures"][0]["notes"] == [
        {"on": "2025-06-12", "by": "林某", "text": "letter sent"}
    ]
    assert found["issues"][2]["void_why"] == "the same as 2"
    assert found["issues"][1]["measures"][1]["serves"] == [found["issues"][3]["uid"]]


def test_a_file_holds_the_same(run, ledger):
    """-o writes the same document, laid out for reading; --json says what was written."""
    said = json.loads(run.ok("export", "json", "-o", "all.json", "--json", now=town.JUNE))
    assert (said["file"], said["bytes"]) == ("all.json", Path("all.json").stat().st_size)
    assert json.loads(Path("all.json").read_bytes()) == json.loads(run.ok("export", "json", now=town.JUNE))


def test_csv_opens_in_a_spreadsheet(run, ledger):
    """A byte order mark, CR LF, a row a measure, nothing that would be calculated."""
    assert run("export", "csv", "-o", "all.csv", now=town.JUNE) == (0, "", "written: all.csv\n")
    data = Path("all.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfissue no.,")
    assert data.decode("utf-8-sig").count("\r\n") == 7
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["measure no."] for row in rows] == ["1.1", "1.2", "2.1", "2.2", "", "4.1"]
    assert rows[0]["result"] == "'=in force"
    assert [row["days overdue"] for row in rows] == ["", "", "20", "", "", ""]
    assert "'=in force" not in run.ok("export", "csv", "--raw", now=town.JUNE)
    assert run.ok("export", "csv", now=town.JUNE).encode() == data


def test_an_earlier_day(run, ledger):
    """As it was on a day: nothing that came later is in it."""
    found = json.loads(run.ok("export", "json", "--as-of", "2025-05-31", now=town.JUNE))
    assert [each["status"] for each in found["issues"]] == ["active", "pending", "pending", "pending"]


def test_bad_requests(run, ledger):
    """Another format is refused by name, with those there are."""
    result = run("export", "xml")
    assert (result.code, result.err) == (
        2,
        "error: the ledger cannot be exported as xml\nhint: there are: json, csv, xlsx\n",
    )
