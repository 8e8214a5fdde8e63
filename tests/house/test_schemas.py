"""Every `--json` document is as its schema says, has no key the schema does not name, and speaks no language."""

from __future__ import annotations

import itertools
import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from ledger import errors
from ledger.commands import COMMANDS
from ledger.domain.closeout import Need, Outcome
from ledger.domain.kinds import FIXED
from ledger.domain.moves import Act, Status
from ledger.domain.schema import ISSUE, KINDS, TERMS
from ledger.domain.ticked import PART_TABLES
from ledger.intake.words import WORDS
from ledger.store import presets
from ledger.store.lock import locked
from tests import life, papers
from tests.chinese import chinese  # noqa: F401  a fixture
from tests.conftest import Runner, isolated

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[2] / "ledger" / "schemas"
SCHEMAS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
#: What documents are made of, and what stands on stderr.
PARTS = {"words", "entry", "issue", "agenda", "change", "written", "review"}
DOCUMENTS = sorted(set(SCHEMAS) - PARTS - {"error"})
#: Sentences for people; everything else is data, whatever language is spoken.
SPOKEN = {"message", "hint", "definition", "arithmetic"}
#: Where the moments of the story come from: they grow, and are the same each time it is told.
FIRST = 1_740_790_800_000_000_000


# --- schemas shut, so that nothing passes they do not name -----------------------------------------------


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    """Every object in a schema, itself included."""
    if isinstance(schema, dict):
        yield schema
    inside = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    for each in inside:
        yield from nodes(each)


def bases() -> set[tuple[str, str]]:
    """What other schemas add to with `allOf`, as file and place: it is shut where it is added to."""
    found = set()
    for name, schema in SCHEMAS.items():
        for each in itertools.chain.from_iterable(node.get("allOf", ()) for node in nodes(schema)):
            found.add(meant(each["$ref"], name))
    return found


def meant(reference: str, name: str) -> tuple[str, str]:
    """The file and the place a reference in the file `name` leads to."""
    file, _, place = reference.partition("#")
    return file.removesuffix(".json") or name, place


BASES = bases()


def describes_object(node: dict[str, Any]) -> bool:
    return "properties" in node and "type" in node


def shut(name: str, schema: Any, place: str = "") -> Any:
    """The schema with `unevaluatedProperties` false in every object."""
    if isinstance(schema, list):
        return [shut(name, each, f"{place}/{n}") for n, each in enumerate(schema)]
    if not isinstance(schema, dict):
        return schema
    made = {key: shut(name, value, f"{place}/{key}") for key, value in schema.items() if key != "allOf"}
    whole = describes_object(made) and (name, place) not in BASES
    if whole or ("$ref" in made and meant(made["$ref"], name) in BASES):
        made["unevaluatedProperties"] = False
    return {**made, "allOf": schema["allOf"]} if "allOf" in schema else made


SHUT = {name: shut(name, schema) for name, schema in SCHEMAS.items()}
REGISTRY = Registry().with_resources(
    (f"{name}.json", DRAFT202012.create_resource(schema)) for name, schema in SHUT.items()
)
VALIDATORS = {
    name: Draft202012Validator(schema, registry=REGISTRY, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for name, schema in SHUT.items()
}


def complaint(name: str, document: object) -> str | None:
    """What is wrong with a document; None when it is as its schema says."""
    error = best_match(VALIDATORS[name].iter_errors(document))
    return error and f"{error.json_path}: {error.message[:300]}"


# --- the schemas themselves --------------------------------------------------------------------------------


def test_every_schema_is_one():
    """Each file is a schema of draft 2020-12, described, and titled as the documents it is for."""
    titles = {}
    for name, schema in SCHEMAS.items():
        Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
        assert schema["description"].endswith(".")
        titles[name] = schema["title"]
    assert titles == {name: f"ledger/{name}@1" if name in DOCUMENTS else name for name in SCHEMAS}


def test_what_may_be_missing_says_when():
    """A key that is not always there has a description; what is required is described."""
    wrong = []
    for name, schema in SCHEMAS.items():
        for node in filter(describes_object, nodes(schema)):
            required, known = node.get("required", []), node["properties"]
            may_be_missing = [key for key in known if key not in required] if required else []
            wrong += [(name, key) for key in may_be_missing if "description" not in known[key]]
            wrong += [(name, key) for key in required if key not in known]
    assert wrong == []


def test_every_command_has_a_schema_and_every_schema_a_command():
    """The table of commands and the folder of schemas have the same names."""
    commands = ["overview"]
    for spec in COMMANDS:
        alone = not spec.commands or bool(spec.module)  # `register` alone lists the registers
        commands += [f"{spec.name}-{each.name}" for each in spec.commands] + [spec.name] * alone
    assert sorted(commands) == DOCUMENTS


def test_schemas_know_the_codes_the_program_knows():
    """Statuses, acts, terms, needs, outcomes, presets and error codes are those of the program, no more and no fewer."""
    words = {name: each["enum"] for name, each in SCHEMAS["words"]["$defs"].items() if "enum" in each}
    spelt = {"close": "sign", "send_back": "return", "erratum": "edit"}
    staged = [each.lifecycle.acts for each in FIXED.values() if each.lifecycle]
    acts = dict.fromkeys([*(spelt.get(each, each) for each in Act), *itertools.chain(*staged)])
    assert words["status"] == [str(each) for each in Status]
    assert sorted(words["act"]) == sorted(acts)
    assert (words["term"], words["kind"]) == (list(TERMS), list(KINDS))
    assert (words["need"], words["outcome"]) == (
        [str(each) for each in Need],
        [str(each) for each in Outcome],
    )
    assert SCHEMAS["init"]["properties"]["preset"]["enum"] == list(presets.PRESETS)


def test_the_schema_of_errors_knows_every_error():
    """Each error's code and exit code are in the schema, and those of signals and surprises."""
    kinds = [
        each
        for each in vars(errors).values()
        if isinstance(each, type) and issubclass(each, errors.LedgerError)
    ]
    properties = SCHEMAS["error"]["properties"]["error"]["properties"]
    codes = {each.code for each in kinds} | {"interrupted", "terminated", "unexpected"}
    assert set(properties["code"]["enum"]) == codes
    assert set(properties["exit"]["enum"]) == {each.exit_code for each in kinds} | {130, 143}


def test_the_schema_of_entries_knows_every_field():
    """What an entry may set are the fields of the records, in their order."""
    inside = SCHEMAS["entry"]["$defs"]
    record = [each for each in inside["record"]["properties"] if each != "measures"]
    measure = [each for each in inside["measure"]["properties"] if each not in PART_TABLES]
    every = dict.fromkeys(each.name for schema in FIXED.values() for each in schema.fields)
    assert sorted(record) == sorted(every)
    assert record[: len(ISSUE.fields)] == [each.name for each in ISSUE.fields]
    assert measure == [each.name for each in ISSUE.part_fields]


def test_the_schema_of_imports_knows_every_field():
    """What is said of a whole issue is named by a label of a notice, or stands before the first of them."""
    proposal = SCHEMAS["import"]["$defs"]["proposal"]["properties"]
    fields = proposal["issues"]["items"]["properties"]["fields"]["properties"]
    structure = {"issue", "task", "category", "measure", "account", "number"}
    assert set(fields) == set(WORDS) - structure | {"intro"}


# --- what the program says -----------------------------------------------------------------------------------


def told(folder: Path, lang: str) -> list[life.Said]:
    """The whole story in one language; whatever is drawn by chance is drawn the same each time."""
    run = Runner()
    (folder / "home").mkdir(parents=True)
    work = folder / "work"
    work.mkdir()
    papers.furnish(work)
    moments, draws = itertools.count(FIRST, 1_000_000), itertools.count(1)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in isolated(folder / "home").items():
            patch.delenv(name, raising=False) if value is None else patch.setenv(name, value)
        patch.setenv("TAIZHANG_LANG", lang)
        for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):  # a commit's hash tells when it was made
            patch.setenv(name, "2025-07-10T09:00:00+08:00")
        patch.chdir(work)
        patch.setattr(os, "urandom", lambda size: next(draws).to_bytes(size, "big"))
        patch.setattr(time, "time_ns", lambda: next(moments))
        patch.setattr("ledger.usecases.change._last_id", (0, 0))
        patch.setattr(os, "fsync", lambda _file: None)  # nobody pulls the plug here
        said = life.live(run, life.PLANNED) + life.live(run, life.LOOKED)
        papers.fill_in(work)
        said += life.live(run, life.RETURNED)
        papers.edit_by_hand(work, 4, 'title = "Old debts"', '# two of them are disputed\ntitle = "Debts"')
        said += life.live(run, life.EDITED) + life.live(run, life.SMALL)
    return [each._replace(document=without_place(each.document, work)) for each in said]


def without_place(document: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The document as it would be in any folder."""
    return json.loads(json.dumps(document, ensure_ascii=False).replace(folder.resolve().as_posix(), "/work"))


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    """All that is said in English."""
    return told(tmp_path_factory.mktemp("english"), "en")


def keys(value: Any) -> Iterator[str]:
    """Every key in a document."""
    for node in nodes(value):
        yield from node


def test_every_answer_is_as_its_schema_says(english):
    """No key is missing, none is there that the schema does not name, and all are ASCII."""
    wrong = {each.line: complaint(each.name, each.document) for each in english}
    assert {line: why for line, why in wrong.items() if why} == {}
    assert [key for each in english for key in keys(each.document) if not key.isascii()] == []


def test_a_key_no_schema_names_is_found(english):
    """Not one answer passes with a key more, at its top or inside a list."""
    passed = [each.line for each in english if complaint(each.name, {**each.document, "surprise": 1}) is None]
    for each in english:
        for key, value in each.document.items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                document = {**each.document, key: [{**value[0], "surprise": 1}, *value[1:]]}
                passed += [f"{each.line}: {key}"] if complaint(each.name, document) is None else []
    assert passed == []


def test_every_command_is_in_the_story(english):
    """The story has an answer of every command."""
    assert sorted({each.name for each in english}) == DOCUMENTS


@pytest.mark.usefixtures("chinese")
def test_documents_are_the_same_in_both_languages(english, tmp_path):
    """Only sentences for people follow the language: everything else is codes and what was typed."""
    spoken = told(tmp_path, "zh")
    differing = [
        (one.line, find_difference(one.document, other.document))
        for one, other in zip(english, spoken, strict=True)
        if unspoken(one.document) != unspoken(other.document)
    ]
    assert differing == []
    assert english != spoken


def unspoken(value: Any) -> Any:
    """A document without the sentences."""
    if isinstance(value, dict):
        return {key: unspoken(each) for key, each in value.items() if key not in SPOKEN}
    return [unspoken(each) for each in value] if isinstance(value, list) else value


def find_difference(one: Any, other: Any, place: str = "$") -> str:
    """Where two documents part, for whoever reads the failing test."""
    if isinstance(one, dict) and isinstance(other, dict) and list(one) == list(other):
        pairs = [(f"{place}.{key}", one[key], other[key]) for key in one if key not in SPOKEN]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = [(f"{place}[{n}]", *pair) for n, pair in enumerate(zip(one, other, strict=True))]
    else:
        return f"{place}: {one!r} / {other!r}"
    return next((find_difference(a, b, where) for where, a, b in pairs if a != b), "")


# --- why it says no ----------------------------------------------------------------------------------------


@pytest.fixture
def small(run):
    """A ledger with an issue and a measure."""
    run.ok("init", "2025", "--preset", "simple")
    run.ok("add", "Papers are late", "-m", "Rewrite the rules")
    return next(Path("ledgers/2025/issues").iterdir())


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def refusal(run, *argv: str, **options) -> tuple[int, str]:
    """The exit code and the code of an error, which is as its schema says and alone on stderr."""
    result = run(*argv, "--json", **options)
    assert result.out == ""
    document = json.loads(result.err)
    assert complaint("error", document) is None
    assert document["error"]["exit"] == result.code
    return result.code, document["error"]["code"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("list --no-such-option", (2, "usage")),
        ("no-such-command", (2, "usage")),
        ("add TITLE --due 2025-02-30", (2, "usage")),
        ("show 9", (3, "not_found")),
        ("-L other list", (3, "not_found")),
        ("done 1.1", (4, "no_result")),
        ("reopen 1.1 --why because", (4, "refused")),
        ("import picture.txt --dry-run", (9, "rejected")),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_refused_is_said_as_the_schema_says(run, small, line, expected, lang):
    """An error under --json is one object on stderr, with the same code in both languages."""
    Path("picture.txt").write_bytes(bytes(range(256)))
    assert refusal(run, *line.split(), lang=lang) == expected


def test_a_locked_ledger_is_said_as_the_schema_says(run, small):
    """Exit 5, "locked": somebody else is writing."""
    with locked(Path("ledgers/.state"), by="Gu", command="add"):
        assert refusal(run, "add", "B", env={"TAIZHANG_LOCK_TIMEOUT": "0"}) == (5, "locked")


def test_a_hand_edit_in_the_way_is_said_as_the_schema_says(run, small):
    """Exit 6, "conflict": the file was changed outside."""
    spoil(small, "Papers are late", "Papers are lost")
    assert refusal(run, "edit", "1", "--title", "Papers are burnt") == (6, "conflict")


def test_damage_is_said_as_the_schema_says(run, small):
    """Exit 7, "damage": a record cannot be read."""
    spoil(small, "uid = ", "<<<<<<< HEAD\nuid = ")
    assert refusal(run, "note", "1", "-t", "x") == (7, "damage")


def test_a_refusing_disk_is_said_as_the_schema_says(run, small):
    """Exit 8, "storage": what should be a file cannot be read."""
    people = Path("ledgers/2025/people.toml")
    people.unlink()
    people.mkdir()
    assert refusal(run, "config") == (8, "storage")


@pytest.mark.parametrize(
    ("error", "expected"), [(KeyboardInterrupt, (130, "interrupted")), (RuntimeError, (1, "unexpected"))]
)
def test_an_early_end_is_said_as_the_schema_says(run, small, monkeypatch, error, expected):
    """Exit 130 after Ctrl-C, exit 1 after what nobody foresaw."""

    def end() -> None:
        raise error

    monkeypatch.setattr("ledger.commands.deeds.opened", end)
    assert refusal(run, "reindex") == expected
