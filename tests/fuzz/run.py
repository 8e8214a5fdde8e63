"""Fuzzing of one reader of intake: `python -m tests.fuzz.run word 10` for ten minutes, or `make fuzz READER=word`.

With atheris (not in the lock: `pip install atheris`, Linux) new paths through our code are looked for and what reached them is
kept in `.fuzz/`; without it documents are changed at random. What breaks a reader is written beside it and named. `--runs N`
tries N documents instead of minutes, at random, always the same ones.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import importlib.util
import random
import resource
import sys
import time
import traceback
from pathlib import Path

KEPT = Path(__file__).parents[2] / ".fuzz"
#: Memory one reader may take. Units: bytes. Source: issue C, point 8.
MEMORY = 500 << 20


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reader", choices=("text", "markdown", "page", "word", "workbook", "table"))
    parser.add_argument("minutes", type=float, nargs="?", default=10)
    parser.add_argument("--runs", type=int)
    asked = parser.parse_args()
    if asked.runs is None and importlib.util.find_spec("atheris") is not None:
        guided(asked.reader, asked.minutes)
    else:
        sys.exit(at_random(asked.reader, asked.minutes, asked.runs))


def at_random(reader, minutes, runs):
    """Change documents at random, and say what broke a reader; 1 when something did."""
    from tests.fuzz import mutations, seeds, target

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    corpus = seeds.of(reader)
    for data in corpus:
        assert target.judge(reader, data), "a seed must be a document that is read"
    end = time.monotonic() + minutes * 60
    chance = random.Random(1 if runs is not None else None)
    tried = taken = 0
    worst = 0.0
    while tried < runs if runs is not None else time.monotonic() < end:
        data = mutations.mutated(reader, chance.choice(corpus), chance)
        start = time.monotonic()
        try:
            taken += target.judge(reader, data)
        except BaseException:  # noqa: BLE001 - whatever it is, the document is kept
            traceback.print_exc()
            say(f"{reader}: broken by {keep(reader, data)}")
            return 1
        worst = max(worst, time.monotonic() - start)
        tried += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    say(f"{reader}: {tried} documents, {taken} of them taken, slowest {worst:.2f} s, {peak} MB")
    return 0


def guided(reader, minutes):
    """Look for new paths with atheris; it ends the process itself."""
    import atheris

    with atheris.instrument_imports(
        include=["ledger.intake", "ledger.domain.text", "ledger.domain.deadlines"]
    ):
        from tests.fuzz import mutations, seeds, target
    corpus = KEPT / reader
    corpus.mkdir(parents=True, exist_ok=True)
    for data in seeds.of(reader):
        (corpus / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)

    def mutate(data, most, seed):
        chance = random.Random(seed)
        if reader not in mutations.PACKAGES and chance.random() < 0.5:
            return atheris.Mutate(data, most)
        return mutations.mutated(reader, data, chance)[:most]

    arguments = [
        sys.argv[0], str(corpus), f"-max_total_time={int(minutes * 60)}", f"-timeout={24 * target.SECONDS}",
        f"-rss_limit_mb={MEMORY >> 20}", f"-max_len={mutations.MOST}", f"-artifact_prefix={KEPT}/{reader}-",
        "-print_final_stats=1",
    ]  # fmt: skip
    atheris.Setup(arguments, lambda data: target.judge(reader, data), custom_mutator=mutate)
    atheris.Fuzz()


def say(words):
    """Tell whoever started it."""
    sys.stderr.write(f"{words}\n")


def keep(reader, data):
    """Where a document that breaks a reader was written."""
    KEPT.mkdir(exist_ok=True)
    path = KEPT / f"{reader}-{hashlib.sha256(data).hexdigest()[:16]}"
    path.write_bytes(data)
    return path


if __name__ == "__main__":
    main()
