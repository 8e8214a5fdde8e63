"""`report --list-fields`: what the values of a report are called, the same everywhere they can be asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger import reports
from tests import town


@pytest.fixture
def ledger(run):
    run.ok("init", "t", "--title", "台账", "--org", "柳河镇")
    run.ok(
        "add", "文风不实", "-m", "修订办法", "--unit", "办公室", "--due", "2025-05-31", "--category", "作风"
    )


def listed(run, *argv):
    lines = run.ok("report", "--list-fields", *argv, now=town.JUNE).splitlines()
    return {line.split("\t")[0]: line.split("\t")[1:] for line in lines}


def test_names_in_a_pipe(run, ledger):
    """A row for each name, with its kind and today's value; of a list its columns."""
    found = listed(run, "status")
    assert found["name"] == ["kind", "value"]
    assert found["facts.org"] == ["text", "柳河镇"]
    assert found["summary.issues.total"] == ["number", "1"]
    assert found["overdue"][0] == "list"
    assert found["overdue"][1].split()[:2] == ["id", "text"]


def test_names_on_a_terminal_in_chinese(run, ledger):
    """A table with the words of the reader."""
    shown = run.ok("report", "--list-fields", "status", terminal=True, lang="zh", now=town.JUNE)
    assert "facts.org" in shown
    assert "柳河镇" in shown
    assert "列表" in shown


def test_names_for_a_program(run, ledger):
    """Every name once, with the value as it is."""
    said = json.loads(run.ok("report", "--list-fields", "status", "--json", now=town.JUNE))
    fields = {each["name"]: each for each in said["fields"]}
    assert len(fields) == len(said["fields"])
    assert (said["schema"], said["kind"]) == ("ledger/report@1", "status")
    assert fields["summary.issues.total"] == {"name": "summary.issues.total", "kind": "number", "value": 1}
    assert fields["overdue"]["rows"] == 1


def test_a_template_asks_by_name(run, ledger):
    """What is listed can be printed; what is not is refused, naming file, line and where names are listed."""
    Path("templates").mkdir(exist_ok=True)
    own = Path("templates/status.md")
    own.write_text("{{ value('facts.org') }} {{ value('summary.issues.total') }}\n", encoding="utf-8")
    assert run.ok("report", "status", now=town.JUNE) == "柳河镇 1\n"
    own.write_text("\n{{ value('facts.nope') }}\n", encoding="utf-8")
    result = run("report", "status", now=town.JUNE)
    assert (result.code, result.out) == (9, "")
    assert result.err.startswith(
        "error: templates/status.md:2: the template cannot be filled: the report status has no value facts.nope\n"
    )


@pytest.mark.parametrize(
    "kind", [kind for kind in reports.KINDS if not {"ids", "register"} & reports.TAKES.get(kind, set())]
)
def test_every_kind_has_names(run, ledger, kind):
    """Whatever a report is made of, its title and its day have a name."""
    found = listed(run, kind)
    assert {"title", "as_of"} <= set(found)
