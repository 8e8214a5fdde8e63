"""Letters answered, more than once or in a file alone."""

from __future__ import annotations

from pathlib import Path

from tests.cli.books import at, typed
from tests.cli.letters.conftest import FREE, JULY, JUNE, letter


def test_several_answers(town):
    """Each with its files, day and verdict; the first says whether it was in time, the newest how good it is."""
    Path("list.txt").write_text("ten of twelve", encoding="utf-8")
    typed(town, f"{FREE}\nletter sign L1\nletter receipt L1 --receiver Lin", **JUNE)
    typed(
        town,
        'letter reply L1 -t "half of it" --file list.txt --verdict partial --opinion "two are missing" --signer Lin',
        **JULY,
    )
    typed(town, "letter reply L1 -t all", **at("2025-07-20"))
    one = letter(1)
    first, second = one.replies
    assert one.receipt is not None and (str(one.receipt.on), one.receipt.by) == ("2025-06-30", "Lin")
    assert (first.text, len(first.files), first.verdict, first.opinion, first.judged_by) == (
        "half of it",
        1,
        "partial",
        "two are missing",
        "Lin",
    )
    assert (second.verdict, str(second.on), one.in_time, one.verdict, one.stage) == (
        None,
        "2025-07-20",
        True,
        None,
        "answered",
    )
    typed(town, "letter reply L1 --verdict 合格", **at("2025-07-21"))
    assert (letter(1).verdict, letter(1).replies[0].verdict) == ("adequate", "partial")
    assert next(Path("ledgers/2025/evidence").rglob("*.txt")).read_text(encoding="utf-8") == "ten of twelve"


def test_an_answer_in_a_file_alone(town):
    """The paper says it all."""
    Path("answer.txt").write_text("done", encoding="utf-8")
    typed(town, f"{FREE}\nletter sign L1\nletter reply L1 --file answer.txt", **JUNE)
    assert (letter(1).replies[0].text, len(letter(1).replies[0].files)) == ("", 1)
    assert town("letter", "reply", "L1", "--file", "gone.txt", **JULY).code != 0
