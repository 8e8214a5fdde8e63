"""Which TOML reader: time, start-up, memory, and what each does with hostile files.

    python benchmarks/toml_readers.py [--files 300] [--rounds 9]

Readers that are not installed are left out. Hostile files are read in a child process with a limit on
time, so that a reader that hangs or aborts is only a row of the table. Figures: DECISIONS.md, D-17.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import json
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import sample

READERS = ("tomllib", "tomli", "rtoml")
#: Seconds a hostile file may take before its reader is stopped.
PATIENCE = 60

#: name -> Python expression for the text (bytes) of a hostile or telling file.
FILES = {
    "40,000-part dotted key": "b'.'.join([b'a'] * 40000) + b' = 1'",
    "40,000-part table header": "b'[' + b'.'.join([b'a'] * 40000) + b']'",
    "900-part dotted key": "b'.'.join([b'a'] * 900) + b' = 1'",
    "5,000-deep arrays": "b'a = ' + b'[' * 5000 + b']' * 5000",
    "5,000-deep inline tables": "b'a = ' + b'{b = ' * 5000 + b'1' + b'}' * 5000",
    "100,000-deep arrays": "b'a = ' + b'[' * 100000 + b']' * 100000",
    "5,000-digit integer": "b'a = ' + b'9' * 5000",
    "20-digit integer": "b'a = ' + b'9' * 20",
    "invalid UTF-8": "b'a = \"\\xff\\xfe\"'",
    "NUL in a string": "b'a = \"x\\x00y\"'",
    "bare CR in a string": 'b\'a = """x\\ry"""\'',
    "byte order mark": "b'\\xef\\xbb\\xbfa = 1'",
    "two equal keys": "b'a = 1\\na = 2'",
    "cut in the middle": "'a = 1\\nb = \"整改'.encode()",
    "conflict markers": "b'a = 1\\n<<<<<<< HEAD\\nb = 2\\n=======\\nb = 3\\n>>>>>>> x\\n'",
    "date that does not exist": "b'a = 2025-02-30'",
    "date": "b'a = 2025-02-28'",
    "local time": "b'a = 07:32:00'",
    "local date-time": "b'a = 2025-02-28T07:32:00.123456'",
    "offset date-time": "b'a = 2025-02-28T07:32:00+08:00'",
    "nan": "b'a = nan'",
    "TOML 1.1 inline table": "b'a = {b = 1,}'",
    "line-ending backslash": '\'a = """\\\\\\n整改。\\\\\\n台账。"""\'.encode()',
    "CRLF in a string": 'b\'a = """x\\r\\ny"""\'',
}

CHILD = """
import importlib, json, sys, time
reader = importlib.import_module(sys.argv[1])
data = eval(sys.argv[2])
def peak():
    for line in open('/proc/self/status'):
        if line.startswith('VmHWM'):
            return int(line.split()[1]) // 1024
began, was = time.perf_counter(), peak()
try:
    value = repr(reader.loads(data.decode()).get('a'))
    outcome = 'reads ' + (value if len(value) < 60 else f'{value[:24]}...')
except BaseException as error:
    outcome = f'{type(error).__module__}.{type(error).__name__}: {str(error)[:70]!r}'
    where = [f'{n}={getattr(error, n)}' for n in ('lineno', 'colno', 'pos') if hasattr(error, n)]
    outcome += ' ' + ' '.join(where)
print(json.dumps([outcome, round(time.perf_counter() - began, 3), peak() - was]))
"""


def main() -> None:
    """Measure every installed reader and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    source = random.Random(2)
    texts = [sample.record(source, number) for number in range(1, options.files + 1)]
    sizes = [len(text.encode()) for text in texts]
    print(
        f"{len(texts)} files, {min(sizes)}-{max(sizes)} bytes, {sum(sizes)} in all; {sys.version.split()[0]}"
    )
    readers = [name for name in READERS if _installed(name)]
    _agree(readers, texts)
    _parsing(readers, texts, options.rounds)
    _starting(readers, options.rounds)
    _hostile(readers)


def _installed(name: str) -> bool:
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True


def _agree(readers: list[str], texts: list[str]) -> None:
    for text in texts:
        values = [importlib.import_module(name).loads(text) for name in readers]
        assert all(value == values[0] for value in values), "two readers disagree"
    print("every reader gives the same values for every file")


def _parsing(readers: list[str], texts: list[str], rounds: int) -> None:
    times: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(rounds):
        for name in readers:
            loads = importlib.import_module(name).loads
            began = time.perf_counter()
            for text in texts:
                loads(text)
            times[name].append((time.perf_counter() - began) / len(texts) * 1e6)
    print("\nreader    version  us/file  x tomllib")
    base = statistics.median(times[readers[0]])
    for name in readers:
        median = statistics.median(times[name])
        version = "stdlib" if name == "tomllib" else importlib.metadata.version(name)
        print(f"{name:9} {version:8} {median:7.0f}  {median / base:.2f}")


def _starting(readers: list[str], rounds: int) -> None:
    print("\nreader     import ms (over a bare interpreter)")
    program = "import time; t = time.perf_counter(); import {}; print(time.perf_counter() - t)"
    for name in readers:
        runs = [
            float(
                subprocess.run(
                    [sys.executable, "-c", program.format(name)], capture_output=True, text=True, check=True
                ).stdout
            )
            for _ in range(rounds)
        ]
        print(f"{name:9} {statistics.median(runs) * 1000:5.1f}")


def _hostile(readers: list[str]) -> None:
    print("\nfile | reader | outcome | s | MiB")
    for title, expression in FILES.items():
        for name in readers:
            print(f"{title} | {name} | {_outcome(name, expression)}", flush=True)


def _outcome(name: str, expression: str) -> str:
    command = [sys.executable, "-c", CHILD, name, expression]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return f"still reading after {PATIENCE} s"
    if run.returncode:
        return f"the process died: code {run.returncode}"
    outcome, seconds, mebibytes = json.loads(run.stdout)
    return f"{outcome} | {seconds} | {mebibytes}"


if __name__ == "__main__":
    main()
