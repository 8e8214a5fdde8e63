"""A disk that forgets: what a command wrote is replayed from its system calls, and cut off by a power failure.

What was flushed stays. Of the rest, POSIX lets anything be lost: names without contents, contents without names, some of
either. Not covered: single sectors of one write, the order of writes within a file other than its pages' first half, and
file systems that lose what was flushed.
"""

from __future__ import annotations

import itertools
import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from tests.faults.tracing import Call

#: strace's options that keep every byte.
WHOLE = ("-xx", "-s", "9999999")
#: Up to so many names not yet flushed every choice among them is tried, 2 to that power.
_FEW = 4
_TEXT = re.compile(r'[<"]((?:\\x[0-9a-f]{2})+)[>"]')
_FOLDER = -1


class Step(NamedTuple):
    """A name given (`file` with no `old`), taken away (no `new`), or changed; `file` is a number, or _FOLDER."""

    file: int
    old: str
    new: str

    @property
    def folders(self) -> set[str]:
        return {posixpath.dirname(name) for name in (self.old, self.new) if name}

    def on(self, names: dict[str, int]) -> None:
        """Do it to a table of names."""
        if self.old:
            names.pop(self.old, None)
        if self.new:
            names[self.new] = self.file


class Disk:
    """Files and names, as they are for whoever looks, and as they are kept."""

    def __init__(self, root: Path) -> None:
        self.names: dict[str, int] = {"": _FOLDER}
        self.now: list[bytes] = []
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root).as_posix()
            self.names[name] = self._file(path.read_bytes()) if path.is_file() else _FOLDER
        self.kept = list(self.now)
        self.kept_names = dict(self.names)
        self.waiting: list[Step] = []
        self._place: dict[int, int] = {}

    def _file(self, data: bytes) -> int:
        self.now.append(data)
        return len(self.now) - 1

    def do(self, call: Call, root: str) -> bool:
        """Do what a call did; false when it changed nothing here."""
        if re.search(r"= -1 E", call.line):
            return False
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(call.line)]
        if call.name == "openat":
            return self._open(call, texts, root)
        first = texts[0].decode()
        if not f"{first}/".startswith(f"{root}/"):
            return False
        name = first[len(root) + 1 :]
        if call.name in ("rename", "link"):
            self._step(
                Step(
                    self.names[name],
                    name if call.name == "rename" else "",
                    texts[1].decode()[len(root) + 1 :],
                )
            )
        elif call.name in ("unlink", "rmdir"):
            self._step(Step(self.names[name], name, ""))
        elif call.name == "mkdir":
            self._step(Step(_FOLDER, "", name))
        elif call.name in ("fsync", "fdatasync"):
            self._flush(name)
        else:
            return self._write(call, name, texts[1] if len(texts) > 1 else b"")
        return True

    def _open(self, call: Call, texts: list[bytes], root: str) -> bool:
        path = texts[-1].decode()
        if not call.opens_to_write or not path.startswith(f"{root}/"):
            return False
        name = path[len(root) + 1 :]
        self._place[int(re.search(r"= (\d+)<", call.line)[1])] = 0
        if name not in self.names:
            file = self._file(b"")
            self.kept.append(b"")
            self._step(Step(file, "", name))
            return True
        if "O_TRUNC" in call.line:
            self.now[self.names[name]] = b""
        return "O_TRUNC" in call.line

    def _write(self, call: Call, name: str, data: bytes) -> bool:
        file = self.names.get(name)
        if file is None or call.name not in ("write", "pwrite64", "ftruncate"):
            return False
        numbers = [int(number) for number in re.findall(r", (\d+)(?=[,)])", call.line.rpartition("=")[0])]
        descriptor = int(re.search(r"\((\d+)<", call.line)[1])
        if call.name == "ftruncate":
            self.now[file] = self.now[file][: numbers[-1]].ljust(numbers[-1], b"\0")
        elif call.name == "pwrite64":
            self.now[file] = _over(self.now[file], data, numbers[-1])
        else:
            place = self._place.get(descriptor, 0)
            self.now[file] = _over(self.now[file], data, place)
            self._place[descriptor] = place + len(data)
        return True

    def _step(self, step: Step) -> None:
        step.on(self.names)
        self.waiting.append(step)

    def _flush(self, name: str) -> None:
        file = self.names[name]
        if file != _FOLDER:
            self.kept[file] = self.now[file]
            return
        for step in self.waiting:
            if name in step.folders:
                step.on(self.kept_names)
        self.waiting = [step for step in self.waiting if name not in step.folders]

    def after_a_cut(self) -> Iterator[dict[str, bytes | None]]:
        """Every state the disk may be found in when the power fails now; None stands for a folder."""
        for chosen in _choices(self.waiting):
            names = dict(self.kept_names)
            for step in chosen:
                step.on(names)
            for contents in self._contents():
                found = {name: None if file == _FOLDER else contents[file] for name, file in names.items()}
                yield {name: data for name, data in found.items() if _reachable(name, found)}

    def _contents(self) -> Iterator[list[bytes]]:
        yield self.kept
        if self.kept != self.now:
            yield self.now
            yield [
                kept if kept == now else now[: len(now) // 2] + kept[len(now) // 2 :]
                for kept, now in zip(self.kept, self.now, strict=True)
            ]


def _over(old: bytes, data: bytes, place: int) -> bytes:
    return old[:place].ljust(place, b"\0") + data + old[place + len(data) :]


def _choices(steps: list[Step]) -> Iterable[tuple[Step, ...]]:
    if len(steps) <= _FEW:
        return (each for count in range(len(steps) + 1) for each in itertools.combinations(steps, count))
    beginnings = [tuple(steps[:count]) for count in range(len(steps) + 1)]
    without = [tuple(steps[:place] + steps[place + 1 :]) for place in range(len(steps))]
    return [*beginnings, *without]


def _reachable(name: str, found: Mapping[str, bytes | None]) -> bool:
    while name:
        name = posixpath.dirname(name)
        if found.get(name, b"") is not None:
            return False
    return True


def lay_out(state: Mapping[str, bytes | None], folder: Path) -> Path:
    """Make a folder of what a disk was found to hold."""
    for name, data in sorted(state.items()):
        if data is None:
            (folder / name).mkdir(parents=True, exist_ok=True)
        else:
            (folder / name).write_bytes(data)
    return folder
