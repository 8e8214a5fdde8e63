"""What a public edition is made from, and that nothing new gets into it by being forgotten."""

from __future__ import annotations

import dataclasses

import pytest

from ledger.domain.clue import Clue
from ledger.domain.issue import Issue, Measure
from ledger.domain.people import Office, People, Person, Unit
from ledger.domain.redaction import Profile, Redaction
from ledger.domain.withheld import Withheld
from ledger.errors import RefusedError
from ledger.reports import leaks, redact, secrets
from ledger.reports.archive import packed
from ledger.reports.leaks import Piece
from ledger.reports.material import Material
from tests.issues import issue, measure
from tests.office import AS_OF, basis, day, material


def guard(*issues, allow=(), people=None, **given):
    """The guard of a small ledger."""
    rests = basis("en", redaction=Redaction(allow=allow))
    return secrets.guard(
        secrets.Sources(rests.settings, people or People(), AS_OF, tuple(issues), **given), Profile()
    )


@pytest.mark.parametrize("kind", [Issue, Measure])
def test_every_field_is_shown_or_left_out(kind):
    """A field that is added later has to be put into one of the tables, or its record is published with it."""
    known = redact.SHOWN | redact.PARTLY | set(redact.LEFT_OUT)
    assert {field.name for field in dataclasses.fields(kind)} - known == set()


def test_what_is_gathered_and_not_named_is_not_there():
    """Of a material everything a public edition is not made from has its default."""
    named = {"wanted", "basis", "issues", "cases", "registers", "letters", "clues", "prose", "workdays"}
    named |= {"heads", "period", "units", "plan"}
    given = dataclasses.replace(
        material("lists"),
        **{field.name: object() for field in dataclasses.fields(Material) if field.name not in named},
    )
    made = redact.material(given, guard())
    assert [
        field.name
        for field in dataclasses.fields(Material)
        if field.name not in named and getattr(made, field.name) is getattr(given, field.name)
    ] == []


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("局长张三丰主持", "局长主任 of 办公室主持"),
        ("局长张 三\n丰主持", "局长主任 of 办公室主持"),
        ("老张来了", "主任 of 办公室来了"),
        ("李四负责", "a responsible person负责"),
        ("早高峰期拥堵", "早高峰期拥堵"),
        ("由高峰同志负责", "由a responsible person同志负责"),
        ("Gu Lin, Lin and Linda", "a responsible person, Lin and Linda"),
        ("电话0551-62345678、13800138000", "电话***、***"),
        ("身份证34010219900101123X", "身份证***"),
        ("账号6222 0212 3456 7890 123", "账号***"),
        ("邮箱a.b@example.cn。", "邮箱***。"),
        (
            "2025-06-30至2025-07-01，投资12000000元，〔2025〕12号",
            "2025-06-30至2025-07-01，投资12000000元，〔2025〕12号",
        ),
        ("监督电话12388", "监督电话12388"),
    ],
)
def test_names_and_numbers_in_running_text(said, masked):
    """Names, however they are written, become posts of the day; numbers are blotted out; nothing else is touched."""
    people = People(
        [Unit("办公室")],
        [Person("张三丰", ("老张",))],
        [
            Office("张三丰", "办公室", "科员", leads=False, ends=day("2025-01-31")),
            Office("张三丰", "办公室", "主任", begins=day("2025-02-01")),
        ],
    )
    found = guard(
        issue(1, leader="李四", owner="高峰"), issue(2, owner="Gu Lin"), allow=("高峰期",), people=people
    )
    assert found.masked(said) == masked


@pytest.mark.parametrize("name", ["党委书记", "分管副局长", "办公室主任", "财务科", "各党支部书记"])
def test_posts_and_units_are_no_names(name):
    """What stands in a field of persons and is a post, or a unit of the ledger, stays."""
    assert guard(issue(1, leader=name), issue(2, unit="财务科")).masked(f"由{name}负责") == f"由{name}负责"


def test_a_post_of_a_unit_that_begins_with_its_name_is_said_once():
    """办公室 and 办公室主任 make 办公室主任."""
    people = People([Unit("办公室")], [Person("张三丰")], [Office("张三丰", "办公室", "办公室主任")])
    assert guard(people=people).post("张三丰") == "办公室主任"


PAGES = [
    (b"Somebody: \xe5\xbc\xa0\xe4\xb8\x89\xe4\xb8\xb0\n", "line 1"),
    ("<!DOCTYPE html><p>张<b>三</b>丰</p>".encode(), "in the text"),
    ('<!DOCTYPE html><p title="张三丰">x</p>'.encode(), "in the text"),
    ("<!DOCTYPE html><!-- &#24352;三丰 --><p>x</p>".encode(), "in the text"),
    (packed({"docProps/core.xml": "<c><dc>张三丰</dc></c>".encode()}), "docProps/core.xml"),
    (packed({"word/document.xml": "<w><p><r>张三</r><r>丰</r></p></w>".encode()}), "word/document.xml"),
    (packed({"xl/comments1.xml": '<c author="张三丰"/>'.encode()}), "xl/comments1.xml"),
    (packed({"附件/张三丰.txt": b"x"}), "附件/张三丰.txt"),
    (packed({"inner.docx": packed({"a.xml": "<a>张三丰</a>".encode()})}), "inner.docx/a.xml"),
    ("原件 张三丰".encode("gb18030") + b"\xff", "line 3"),
]


@pytest.mark.parametrize(("data", "place"), PAGES)
def test_every_corner_of_a_file_is_searched(data, place):
    """Text and attributes, runs, comments, properties, names of parts, archives in archives, other encodings."""
    found = list(leaks.leaks(leaks.pieces(data), guard(issue(1, leader="张三丰"))))
    assert found[0][:2] == (found[0][0], place)
    assert found[0][0].text == "张三丰"


def test_a_name_that_is_a_word_of_the_markup_is_no_alarm():
    """Somebody called Root, and a style sheet; in the text the name is found as a word of its own."""
    found = guard(issue(1, leader="root"))
    page = "<!DOCTYPE html><style>:root{}</style><p>rooted</p>"
    assert list(leaks.leaks(leaks.pieces(page.encode()), found)) == []
    assert len(list(leaks.leaks(leaks.pieces(page.replace("rooted", "by root").encode()), found))) >= 1


def test_what_is_withheld_is_found_word_by_word_elsewhere():
    """A text of something withheld is protected wherever it stands, over lines and cells too; a remark only
    where nothing public says the same.
    """
    hidden = issue(
        1,
        measure(1, text="对线索重新核查并约谈当事人"),
        title="某案件线索处置不力",
        withheld=Withheld("open_case"),
    )
    shown = issue(
        2,
        title="公文运转迟缓",
        result="办法已经印发全镇",
        remark="办法已经印发全镇。当事人情绪激动不宜公开。",
    )
    found = guard(hidden, dataclasses.replace(shown))
    for text in ("见某案件线索\n处置不力一项", "某案件线索", "当事人情绪激动 不宜公开"):
        blocks = [Piece(part) for part in text.split("\n")]
        hits = [secret.kind for secret, *_rest in leaks.leaks(blocks, found)]
        assert bool(hits) == (text != "某案件线索"), text
    assert list(leaks.leaks([Piece("办法已经印发全镇")], found)) == []


def test_the_refusal_names_text_reason_and_place():
    """Who gave a clue is not told in the message either."""
    clue = Clue(*[None if name.endswith(("_on", "due")) else "" for name in Clue._fields])
    found = guard(clues=(clue._replace(number=3, source="老织布匠说的人"),))
    with pytest.raises(RefusedError) as caught:
        leaks.refuse([Piece("据老织布匠说的人反映")], found)
    assert "老织布匠" not in caught.value.message
    assert "allow" in caught.value.hint
