"""What tests of `handover` look at: who holds what, and whether a record changed."""

from __future__ import annotations

from pathlib import Path

DAY = {"now": "2025-07-10T09:00:00+08:00"}


def held(run, *words: str) -> list[str]:
    """Rows of the list, short: Gu leader a 1."""
    rows = run.ok("handover", *words, **DAY).splitlines()[1:]
    return [" ".join(row.split("\t")[:4]) for row in rows]


def files() -> dict[str, bytes]:
    """Every record there is."""
    return {path.as_posix(): path.read_bytes() for path in Path("ledgers").rglob("*-*.toml")}


def refused(run, *words: str) -> tuple[int, str, str]:
    """Exit code, message and hint of a handover that is refused; nothing was written."""
    before = files()
    result = run("handover", *words, **DAY)
    assert files() == before
    assert result.out == ""
    message, hint = result.err.rstrip("\n").split("\n")
    return result.code, message.removeprefix("error: "), hint.removeprefix("hint: ")
