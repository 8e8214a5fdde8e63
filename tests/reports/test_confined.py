"""A workspace's own template is code from somewhere: what it can do is print."""

from __future__ import annotations

import pytest

from ledger import reports
from ledger.errors import RejectedInputError
from ledger.reports import confined
from tests.office import basis, material

MEND = "mend that line, or remove the file to use the built-in template"


@pytest.fixture
def report():
    return reports.build(material("status", rests=basis("en")))


@pytest.fixture
def hurried(monkeypatch):
    """A process with a second of computing and little memory, so that tests do not wait."""
    limited(monkeypatch, SECONDS="1", MEMORY="400 << 20")


def limited(monkeypatch, **values):
    """Other limits, set in the process once it knows where modules are."""
    small = "".join(f"confined.{name} = {value}; " for name, value in values.items())
    start = confined._START.replace("main()", f"from ledger.reports import confined; {small}main()")
    monkeypatch.setattr(confined, "_START", start)


def filled(tmp_path, report, source, form="md"):
    folder = tmp_path / "templates"
    folder.mkdir(exist_ok=True)
    (folder / f"status.{form}").write_text(source, encoding="utf-8")
    return reports.render(report, form, folder).decode()


@pytest.mark.parametrize("form", ["md", "html"])
def test_an_office_changes_the_wording(tmp_path, report, form):
    """What a template can name it prints, in a process of its own as well."""
    source = "{{ report.title }}\n{{ report.section('overdue').title }}\n"
    assert filled(tmp_path, report, source, form) == filled(tmp_path, report, source, form)
    assert "Overdue" in filled(tmp_path, report, source, form)


@pytest.mark.parametrize(
    ("source", "place", "reason"),
    [
        ("ok\n{{ nope }}", 2, "'nope' is undefined"),
        ("{{ report.nope }}", 1, "'ledger.reports.views.Report object' has no attribute 'nope'"),
        ("\n\n{{ report.__class__ }}", 3, "access to attribute '__class__' of 'Report' object is unsafe."),
        ("{{ ''.__class__.__mro__ }}", 1, "access to attribute '__class__' of 'str' object is unsafe."),
        ("{{ facts.__globals__ }}", 1, "access to attribute '__globals__' of 'method' object is unsafe."),
        ("{% for a in b %}", 1, "Unexpected end of template."),
        ("{{ range(999999999)|list }}", 1, "Range too big."),
        ("a\n{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", 2, "it calls itself without end"),
        ("a\n{% include 'status.md' %}", 2, "it calls itself without end"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, report, source, place, reason):
    """A name there is not, an attribute it must not reach, a loop without an end tag: file and line."""
    with pytest.raises(RejectedInputError) as caught:
        filled(tmp_path, report, source)
    assert caught.value.hint == MEND
    assert caught.value.message.startswith(f"templates/status.md:{place}: the template cannot be filled: ")
    assert reason.split(" object")[0].split("of '")[0] in caught.value.message


LOOPS = "{% for a in range(99999) %}" * 4 + "{% endfor %}" * 4


@pytest.mark.parametrize(
    "source",
    [
        f"a\n{LOOPS}",
        "a\n{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(60) }}",
    ],
)
def test_a_template_without_an_end_is_given_up(tmp_path, report, hurried, source):
    """It has some seconds of computing; the line it stood in is named."""
    with pytest.raises(RejectedInputError) as caught:
        filled(tmp_path, report, source)
    assert caught.value.message == (
        "templates/status.md:2: the template cannot be filled: it takes more than 1 seconds"
    )


@pytest.mark.parametrize(
    "source",
    [
        "a\n{{ 'a' * 10**9 }}",
        "a\n{{ 'a'.ljust(10**9) }}",
        "a\n{{ 'a'|center(10**9) }}",
        "a\n{{ '%999999999d'|format(1) }}",
        "a\n{% set x = namespace(s='aaaaaaaaaa') %}{% for i in range(60) %}{% set x.s = x.s ~ x.s %}{% endfor %}",
    ],
)
def test_a_template_that_wants_too_much_memory_is_given_up(tmp_path, report, hurried, source):
    """Whatever makes a text too long to hold: the process has little memory, and the line is named."""
    with pytest.raises(RejectedInputError) as caught:
        filled(tmp_path, report, source)
    assert caught.value.message == (
        "templates/status.md:2: the template cannot be filled: it takes more memory than it may"
    )


def test_a_template_that_cannot_be_stopped_politely_is_ended(tmp_path, report, hurried, monkeypatch):
    """A single operation that never ends: the process is ended from outside, and the folder is named."""
    monkeypatch.setattr(confined, "PATIENCE", 2)
    with pytest.raises(RejectedInputError) as caught:
        filled(tmp_path, report, "{{ 3 ** (10 ** 9) }}")
    assert caught.value.message == (
        "the templates of templates took too much time or memory, and were given up"
    )
    assert caught.value.hint == "look for a loop that does not end, or remove the file"


def test_too_long_a_document_is_not_taken(tmp_path, report, monkeypatch):
    """What it prints has a limit too."""
    limited(monkeypatch, LONGEST="1000")
    with pytest.raises(RejectedInputError, match="too much time or memory"):
        filled(tmp_path, report, "{{ 'a' * 2000 }}")
