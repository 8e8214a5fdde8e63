"""Documents of every kind, changed at random: read or refused, in seconds, in little memory, never anything else.

`make fuzz` looks further with the same seeds and changes; what it finds is added below.
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz import mutations, seeds, target

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the time is held by POSIX signals")
every_reader = pytest.mark.parametrize("reader", target.READERS)
#: How a file of each kind begins, so that what follows reaches its reader.
STARTS = {
    "word": b"PK\x03\x04",
    "workbook": b"PK\x03\x04",
    "page": b"<html>",
    "table": b"",
    "text": b"",
    "markdown": b"",
}


@cache
def corpus(reader):
    return seeds.of(reader)


@every_reader
def test_what_fuzzing_starts_from_is_read(reader):
    """Every seed is a document of its kind that is taken, so that its changes reach the rules."""
    assert len(corpus(reader)) >= 4
    assert all(target.judge(reader, data) for data in corpus(reader))


@every_reader
@settings(max_examples=40)
@given(data=st.data())
def test_a_changed_document_is_read_or_refused(reader, data):
    """Bytes turned, parts doubled, words put in, in a valid document: a proposal or a refusal within 5 seconds."""
    random = data.draw(st.randoms(use_true_random=False))
    target.judge(reader, mutations.mutated(reader, random.choice(corpus(reader)), random))


@every_reader
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(reader, data):
    """Any bytes behind the beginning of a kind: a proposal or a refusal."""
    target.judge(reader, STARTS[reader] + data)


@every_reader
@pytest.mark.slow
def test_changed_documents_take_little_memory(reader):
    """Hundreds of changed documents one after the other, in a process that may take 500 MB."""
    command = [sys.executable, "-m", "tests.fuzz.run", reader, "--runs", "120"]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=170, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "120 documents" in done.stderr
