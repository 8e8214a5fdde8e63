"""Records of registers entered, changed, listed, shown, undone; whatever is refused writes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.ui import ask
from tests.cli.registers.conftest import contents

NOW = "2025-07-01T09:00:00+08:00"


def test_a_record_is_dated_on_the_day_it_happened(office, rows):
    """In its own field and in its history, so that a question about an earlier day finds it or does not."""
    office.ok("register", "meetings", "add", "--type", "group", "--title", "第一次", "--on", "2025-02-01")
    assert rows("meetings")[0]["on"] == "2025-02-01"
    assert rows("meetings", "--as-of", "2025-01-31") == []
    assert len(rows("meetings", "--as-of", "2025-02-01")) == 1
    assert rows("meetings", "--known-at", "2025-02-10") == []


def test_fields_are_given_as_options_or_as_words(office, rows):
    """By name or label, with codes by their words; the two ways mean the same."""
    office.ok("register", "meetings", "add", "--type", "推进会", "--title", "甲", "--attended", "１2")
    office.ok("register", "meetings", "add", "会议类型=progress", "会议名称=甲", "参加人数=12")
    first, second = rows("meetings")
    assert first == second
    assert (first["type"], first["title"], first["attended"]) == ("progress", "甲", 12)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("title=甲", "title=乙"), "title"),
        (("title=甲", "会议名称=乙"), "title"),
        (("title=甲", "--title", "乙"), "title"),
        (("title=甲", "on=2025-02-01", "--on", "2025-02-02"), "on"),
    ],
)
def test_a_field_is_not_given_twice_in_different_words(office, words, name):
    """What was typed is never dropped in silence; the same twice does no harm."""
    before = contents()
    result = office("register", "meetings", "add", "type=group", *words)
    assert (result.code, result.err) == (2, f"error: {name} is given twice\nhint: give one of the two\n")
    assert contents() == before
    office.ok("register", "meetings", "add", "type=group", "title=甲", "--title", "甲", "on=2025-02-01")
    edited = office("register", "meetings", "edit", "1", *words[:2], "title=丙")
    assert (edited.code, "title is given twice" in edited.err) == (2, True)


def test_money_is_kept_exactly_and_shown_in_its_unit(office, rows):
    """101510万元 is 1015100000 元; a bare number is in the unit of the field."""
    office.ok("register", "training", "add", "topic=a", "经费=101510万元")
    office.ok("register", "training", "add", "topic=b", "--cost", "0.5")
    assert [each["cost"] for each in rows("training")] == ["1015100000", "5000"]
    shown = office.ok("register", "training", "list", terminal=True, lang="zh")
    assert "101510" in shown and "0.5" in shown and "经费（万元）" in shown


def test_links_are_kept_as_uids_and_shown_as_ids(office, rows):
    """An issue that is renumbered in a draft is still the one that is meant."""
    office.ok("register", "meetings", "add", "--type", "group", "--title", "甲", "--links", "1.2、2")
    assert rows("meetings")[0]["links"] == ["1.2", "2"]
    assert [each["title"] for each in rows("meetings", "links=2")] == ["甲"]
    assert rows("meetings", "links=1") == []
    (path,) = Path("ledgers/2025/registers/meetings").iterdir()
    assert "links = [" in path.read_text(encoding="utf-8")
    assert '"1.2"' not in path.read_text(encoding="utf-8")


def test_changes_are_recorded_and_taken_back(office, rows):
    """Edit, void and undo are those of every record, history and check too."""
    office.ok("register", "training", "add", "topic=a", "hours=8")
    office.ok("register", "training", "edit", "1", "hours=", "topic=b", "on=2025-02-01", "--why", "纪要")
    assert [(each["topic"], each["hours"], each["on"]) for each in rows("training")] == [
        ("b", None, "2025-02-01")
    ]
    office.ok("undo", "--yes")
    assert [(each["topic"], each["hours"]) for each in rows("training")] == [("a", 8)]
    assert office("register", "training", "edit", "1", "topic=a").code == 2
    office.ok("note", "training:1", "-t", "补记")
    office.ok("void", "training:1", "--why", "重复")
    assert rows("training") == []
    assert office("register", "training", "edit", "1", "topic=c").code == 4
    history = json.loads(office.ok("history", "training:1", "--json"))
    assert [each["act"] for each in history["entries"]] == ["add", "edit", "undo", "note", "void"]
    assert office("check", "--strict").code == 0


def test_a_hand_edit_is_seen_listed_and_adopted(office, rows):
    """Like any field of any record: seen at once, recorded with a name when adopted."""
    office.ok("register", "training", "add", "topic=a", "hours=8")
    (path,) = Path("ledgers/2025/registers/training").iterdir()
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("hours = 8\n", 'cost = "500"\nhours = 9\n', 1), encoding="utf-8", newline="\n"
    )
    assert [(each["hours"], each["cost"]) for each in rows("training")] == [(9, "500")]
    office.ok("adopt")
    assert office("check", "--strict").code == 0
    assert [(each["hours"], each["cost"]) for each in rows("training")] == [(9, "500")]


def test_a_file_written_by_hand_goes_on_the_books(office, rows):
    """With a date and whatever fields it has; without a date it does not."""
    folder = Path("ledgers/2025/registers/training")
    folder.mkdir(parents=True)
    (folder / "new.toml").write_text('on = 2025-02-03\ntopic = "手写"\nhours = 4\n', encoding="utf-8")
    office.ok("adopt")
    assert [(each["topic"], each["hours"], each["on"]) for each in rows("training")] == [
        ("手写", 4, "2025-02-03")
    ]
    (folder / "other.toml").write_text('topic = "没有日期"\n', encoding="utf-8")
    assert office("adopt").code == 9


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("register frob add title=x", 3),
        ("register meetings frob", 2),
        ("register add title=x", 2),
        ("register meetings add --type group", 2),
        ("register meetings add type=乱 title=x", 2),
        ("register meetings add type=group title=x frob=1", 2),
        ("register meetings add type=group title=x word", 2),
        ("register meetings add type=group title=x on=2025-03-02", 2),
        ("register meetings add type=group title=x on=2025-02-30", 2),
        ("register meetings add type=group title=x attended=-1", 2),
        ("register meetings add type=group title=x links=9", 3),
        ("register meetings add type=group title=x links=1.9", 3),
        ("register meetings add type=group title=x links=frob", 2),
        ("register meetings add --type group --frob x", 2),
        ("register training add topic=x cost=许多", 2),
        ("register training add topic=x open=也许", 2),
        ("register meetings edit 9 title=x", 3),
        ("register meetings edit 1 type=", 2),
        ("register meetings edit 1", 2),
        ("register meetings edit title=x", 2),
        ("register meetings edit training:1 title=x", 2),
        ("register meetings show 9", 3),
        ("register meetings show 1.1", 2),
        ("register meetings list frob=1", 2),
        ("register meetings list --period 2025-13", 2),
        ("register meetings list --columns frob", 2),
        ("register meetings count frob", 2),
        ("register meetings count --per frob", 2),
        ("register meetings export --format pdf", 2),
        ("register meetings export --format xlsx", 2),
        ("register meetings import no-such-file.csv", 3),
    ],
)
def test_what_makes_no_sense_is_refused_and_writes_nothing(office, line, code):
    """With a hint, and not a byte changed."""
    office.ok("register", "meetings", "add", "--type", "group", "--title", "甲")
    before = contents()
    result = office(*line.split())
    assert (result.code, result.out) == (code, ""), result
    assert len(result.err.splitlines()) == 2
    assert contents() == before


def test_a_dry_run_shows_and_writes_nothing(office):
    """Entries and the file as it would be."""
    before = contents()
    shown = office.ok("register", "meetings", "add", "--type", "group", "--title", "甲", "--dry-run")
    assert '"type":"group"' in shown and '+title = "甲"' in shown
    assert contents() == before


def test_what_is_needed_is_asked_for_at_a_terminal(office, rows, monkeypatch):
    """A code as a choice, a text as a line; what has a default is not asked."""
    asked = []
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(
        ask, "choose", lambda message, choices, **_more: asked.append(message) or list(choices)[1]
    )
    monkeypatch.setattr(ask, "text", lambda message, **_more: asked.append(message) or "甲")
    office.ok("register", "meetings", "add", lang="zh")
    assert asked == ["会议类型", "会议名称"]
    assert (rows("meetings")[0]["type"], rows("meetings")[0]["title"]) == ("group", "甲")


def test_numbers_of_a_series_are_never_given_twice(office, rows):
    """In each year and each series from 1; a void one keeps its number, one that is asked for may not be taken."""
    for series, on in (
        ("简报", "2024-12-30"),
        ("简报", "2025-01-02"),
        ("月通报", "2025-01-31"),
        ("简报", "2025-02-01"),
    ):
        office.ok("register", "bulletins", "add", f"series={series}", "--on", on)
    assert [(each["series"], each["issue_no"]) for each in rows("bulletins")] == [
        ("简报", 1), ("简报", 1), ("月通报", 1), ("简报", 2),
    ]  # fmt: skip
    office.ok("void", "bulletins:4", "--why", "未发出")
    assert (
        office("register", "bulletins", "add", "series=简报", "issue_no=第2期", "--on", "2025-02-03").code
        == 4
    )
    assert office("register", "bulletins", "edit", "2", "issue_no=2").code == 4
    office.ok("register", "bulletins", "add", "series=简报", "--on", "2025-02-03")
    office.ok("register", "bulletins", "add", "series=简报", "issue_no=9", "--on", "2025-02-03")
    office.ok("register", "bulletins", "add", "series=简报", "--on", "2025-02-03")
    assert [each["issue_no"] for each in rows("bulletins", "series=简报", "--period", "2025")] == [
        1,
        3,
        9,
        10,
    ]
    assert office("check").code == 0


def test_units_stand_under_their_full_names(office, rows):
    """An alias is resolved, a name nobody listed is pointed out, and a filter knows both."""
    Path("ledgers/2025/people.toml").write_text(
        '[[units]]\nname = "甲市司法局"\naliases = ["甲局"]\ngroup = "市州"\n', encoding="utf-8"
    )
    office.ok("register", "visits", "add", "type=专项督查", "unit=甲局")
    result = office("register", "visits", "add", "type=专项督查", "unit=甲市司法所")
    assert "甲市司法所" in result.err
    assert [each["unit"] for each in rows("visits")] == ["甲市司法局", "甲市司法所"]
    assert len(rows("visits", "unit=甲局")) == len(rows("visits", "unit.group=市州")) == 1


def test_a_list_goes_out_as_codes_or_as_words(office):
    """A pipe gets every field as codes, a terminal the columns of the declaration as words."""
    office.ok("register", "meetings", "add", "--type", "group", "--title", "甲")
    lines = office.ok("register", "meetings", "list").splitlines()
    assert lines[0].split("\t")[:4] == ["id", "on", "type", "title"]
    assert lines[1].split("\t")[:4] == ["meetings:1", "2025-03-01", "group", "甲"]
    seen = office.ok("register", "meetings", terminal=True, lang="zh")
    assert "领导小组会" in seen and "group" not in seen
    assert office.ok("register", "meetings", "list", "--columns", "会议名称").splitlines() == [
        "id\ttitle",
        "meetings:1\t甲",
    ]


def test_registers_are_listed_with_how_much_is_in_them(office, asked):
    """Those that ship, the office's own, and those nobody declares any more."""
    office.ok("register", "training", "add", "topic=a")
    listed = {each["kind"]: each for each in asked("register")["registers"]}
    assert (listed["training"]["records"], listed["meetings"]["records"]) == (1, 0)
    assert listed["training"]["declared_in"].startswith("ledger.toml:")
    settings = Path("ledgers/2025/ledger.toml")
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text[: text.index("[registers.training]")], encoding="utf-8")
    assert asked("register")["undeclared"] == ["training"]
    result = office("check", "--json")
    assert (result.code, [each["rule"] for each in json.loads(result.out)["faults"]]) == (0, ["registers"])


def test_a_wrong_declaration_stops_nobody_else(office):
    """Its own register, `config` and the list of registers name it (7); other registers and commands go on."""
    settings = Path("ledgers/2025/ledger.toml")
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('type = "flag"', 'type = "bool"'), encoding="utf-8"
    )
    for line in ("register training list", "config --validate", "register", "check"):
        result = office(*line.split())
        assert result.code == 7, (line, result)
        assert "ledger.toml:" in result.out + result.err
    for line in (
        "list",
        "add 又一个问题",
        "register meetings list",
        "register meetings add type=group title=x",
    ):
        office.ok(*line.split())


def test_the_help_of_a_register_tells_its_fields(office):
    """And that of `add` has them as options; both where there is no ledger yet, too."""
    assert "培训主题" in office.ok("register", "training", "--help", lang="zh")
    assert "--topic" in office.ok("register", "training", "add", "--help")
    assert "training" in office.ok("register", "--help")
    elsewhere = Path("elsewhere")
    elsewhere.mkdir()
    assert "--attended" in office.ok("register", "meetings", "add", "--help", cwd=elsewhere.resolve())


def test_the_ledger_may_be_named_behind_the_register(office):
    """`-L` counts wherever it stands, for the declarations too."""
    office.ok("init", "other", "--lang", "zh")
    assert office("register", "training", "add", "topic=a", "-L", "other").code == 3
    office.ok("register", "training", "add", "topic=a", "-L", "2025")
    office.ok("-L", "2025", "register", "training", "list")


def test_a_shell_offers_registers_verbs_fields_and_codes(office):
    """What it offers begins as typed."""

    def offered(line: str) -> list[str]:
        words = line.split(" ")
        env = {"_LEDGER_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
        return [each.split("\t")[0] for each in office("", env=env).out.split()]

    assert "meetings" in offered("ledger register me")
    assert "training" in offered("ledger register tr")
    assert offered("ledger register meetings co") == ["count"]
    assert "--attended" in offered("ledger register meetings add --at")
    assert offered("ledger register meetings add --type pro") == ["progress"]


def test_evidence_checkpoint_and_restore_know_records_of_registers(office, asked):
    """As they know every kind of record."""
    office.ok("register", "meetings", "add", "--type", "group", "--title", "甲")
    Path("纪要.txt").write_text("议定事项\n", encoding="utf-8")
    office.ok("evidence", "add", "meetings:1", "纪要.txt", "--kind", "纪要")
    (shown,) = asked("register", "meetings", "show", "1")["records"]
    assert [each["name"] for each in shown["evidence"]] == ["纪要.txt"]
    assert "纪要.txt" in office.ok("register", "meetings", "show", "1", terminal=True, lang="zh")
    office.ok("checkpoint", "-o", "kept.txt")
    assert "meetings/1 " in Path("kept.txt").read_text(encoding="utf-8")
    (path,) = Path("ledgers/2025/registers/meetings").iterdir()
    path.unlink()
    result = office("check", "--against", "kept.txt")
    assert (result.code, "meetings:1" in result.out) == (7, True)


def test_a_unit_nobody_listed_is_pointed_out_once_and_a_stranger_is_not(office):
    """Coverage goes by the names of units; persons in these books are often of other offices."""
    Path("ledgers/2025/people.toml").write_text('[[units]]\nname = "甲市"\n', encoding="utf-8")
    lines = [f"2025-01-06,2025,乙市{number},某{number}" for number in range(25)]
    Path("a.csv").write_text("\n".join(["述法日期,年度,单位,述法人", *lines]) + "\n", encoding="utf-8")
    said = office("register", "duty_reports", "import", "a.csv", lang="zh").err
    assert said.count("不在 people.toml") == 20
    assert "还有 5 处" in said
    faults = json.loads(office("check", "--json").out)["faults"]
    assert ({each["rule"] for each in faults}, len(faults)) == ({"people"}, 25)


def test_show_knows_the_words_of_a_register_too(office):
    """By its id among all others: labels, not codes; where nobody declares it any more, as it stands."""
    office.ok("register", "meetings", "add", "type=推进会", "title=甲", "links=1.2")
    office.ok("note", "meetings:1", "-t", "纪要已印发")
    office.ok("register", "training", "add", "topic=乙", "cost=2万元")
    seen = office.ok("show", "meetings:1", "training:1", terminal=True, lang="zh")
    for words in ("会议类型 推进会", "涉及问题 1.2", "纪要已印发", "经费（万元） 2"):
        assert words in seen
    settings = Path("ledgers/2025/ledger.toml")
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text[: text.index("[registers.training]")], encoding="utf-8")
    assert "20000" in office.ok("show", "training:1", terminal=True, lang="zh")
