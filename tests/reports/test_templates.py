"""Templates: found by name, filled in a sandbox, their faults named."""

from __future__ import annotations

import pytest

from ledger.errors import DamageError, RejectedInputError, UsageError
from ledger.reports import templates
from ledger.reports.as_markdown import text
from ledger.reports.templates import Marked
from ledger.reports.views import Fact

VALUES = {
    "title": "a|b <x>",
    "fact": Fact("k", "n", "*v*"),
    "rows": ("1", "2"),
    "done": lambda: Marked("| ok |"),
}


def fill(folder, source, name="own.md", names=None, **values):
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(source if isinstance(source, bytes) else source.encode())
    return templates.fill(names or (name,), {**VALUES, **values}, folder=folder, mark=text)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "templates"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# {{ title }}\n", "# a\\|b &lt;x&gt;\n"),
        ("{{ fact.value }}", "\\*v\\*"),
        ("{{ title|upper }}", "A\\|B &lt;X&gt;"),
        ("{{ done() }}", "| ok |"),
        ("{{ done() ~ title }}", "\\| ok \\|a\\|b &lt;x&gt;"),
        ("{{ done() + title }}", "\\| ok \\|a\\|b &lt;x&gt;"),
        ("{{ [done(), title]|join(' ') }}", "\\| ok \\| a\\|b &lt;x&gt;"),
        ("{{ title|safe }}", "a\\|b &lt;x&gt;"),
        ("{{ title|escape }}", "a\\|b &amp;lt;x&amp;gt;"),
        ("{% macro m(x) %}|{{ x }}{% endmacro %}{{ m(title) }}", "\\|a\\\\\\|b &amp;lt;x&amp;gt;"),
        ("{% for row in rows %}\n- {{ row }}\n{% endfor %}\n", "- 1\n- 2\n"),
        ("\ufeff{{ rows|length }}", "2"),
        ("{% include 'own.txt' ignore missing %}x", "x"),
    ],
)
def test_whatever_is_printed_is_escaped(folder, source, expected):
    """Everything a template prints is escaped, however it was put together, but what our renderers made."""
    assert fill(folder, source) == expected


@pytest.mark.parametrize(
    ("source", "place", "words"),
    [
        ("a\n{{ nope }}\n", "templates/own.md:2:", "'nope' is undefined"),
        ("a\n\n{{ fact.nope }}\n", "templates/own.md:3:", "has no attribute 'nope'"),
        ("a\n{% for x in %}\n", "templates/own.md:2:", "Expected an expression"),
        ("{% endfor %}", "templates/own.md:1:", "endfor"),
        ("{{ title.__class__ }}", "templates/own.md:1:", "__class__"),
        ("{{ ().__class__.__mro__ }}", "templates/own.md:1:", "__class__"),
        ("{{ done.__globals__ }}", "templates/own.md:1:", "__globals__"),
        ("{{ fact.__setattr__('name', 'x') }}", "templates/own.md:1:", "__setattr__"),
        ("{{ title + 1 }}", "templates/own.md:1:", "concatenate"),
        ("x\n{{ 1 // 0 }}", "templates/own.md:2:", "zero"),
        ("{{ rows.append(1) }}", "templates/own.md:1:", "append"),
        ("{{ title|nope }}", "templates/own.md:1:", "nope"),
        ("{{ range(10000000) }}", "templates/own.md:1:", "too big"),
        (
            "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
            "templates/own.md:1:",
            "calls itself without end",
        ),
    ],
)
def test_a_broken_template_names_file_and_line(folder, source, place, words):
    """A template that cannot be filled is refused with its file, its line and the reason."""
    with pytest.raises(RejectedInputError) as caught:
        fill(folder, source)
    assert place in caught.value.message
    assert words in caught.value.message
    assert caught.value.hint == "mend that line, or remove the file to use the built-in template"


def test_a_fault_in_an_included_template_is_named_there(folder):
    """A fault is reported where it stands, not where the template was included."""
    folder.mkdir()
    (folder / "part.md").write_text("ok\n{{ nope }}\n")
    with pytest.raises(RejectedInputError, match=r"templates/part\.md:2: "):
        fill(folder, "{% include 'part.md' %}")


def test_a_template_in_another_encoding_is_named(folder):
    """A template that is not UTF-8 is refused with the line of the first wrong byte."""
    with pytest.raises(RejectedInputError) as caught:
        fill(folder, "第一行\n".encode() + "第二行".encode("gbk"))
    assert (caught.value.message, caught.value.hint) == (
        "templates/own.md:2: the template is not UTF-8 text",
        "save it as UTF-8",
    )


def test_a_huge_template_is_refused(folder):
    """A file that cannot be a template is not read."""
    with pytest.raises(DamageError, match="own.md"):
        fill(folder, b"x" * (templates.LIMIT + 1))


@pytest.mark.parametrize("name", ["nope.md", "../own.md", "a/b.md", ""])
def test_no_other_file_is_read(folder, name):
    """A template is found by its bare name or not at all."""
    folder.mkdir()
    (folder.parent / "own.md").write_text("secret")
    with pytest.raises(UsageError, match="there is no template"):
        templates.fill((name,), VALUES, folder=folder, mark=text)


def test_the_workspace_overrides_what_is_built_in(folder):
    """A workspace's own template is used; without one, or without a workspace, the built-in one."""
    assert fill(folder, "mine", name="report.md") == "mine"
    assert (templates.built_in() / "report.md").is_file()


def test_the_template_of_a_kind_goes_before_the_one_for_all(folder):
    """templates/status.md is used for status, templates/report.md for every kind that has none of its own."""
    names = ("status.md", "report.md")
    assert fill(folder, "for all", name="report.md", names=names) == "for all"
    assert fill(folder, "for one", name="status.md", names=names) == "for one"


def test_our_own_faults_are_not_blamed_on_the_office():
    """A built-in template that cannot be filled is an unexpected error, not a refused input."""
    import jinja2

    with pytest.raises(jinja2.UndefinedError):
        templates.fill(("report.md",), {}, folder=None, mark=text)
