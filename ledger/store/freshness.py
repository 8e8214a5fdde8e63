"""What a folder of records looks like from outside, so that only changed files are read again."""

from __future__ import annotations

import os
from array import array
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from ledger.store import workers

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

#: How long after its last change a file may be changed again without looking different, in nanoseconds.
#: Source: RELIABILITY §1.4 (racy git); 2 s is the coarsest clock of a file system (FAT).
UNSETTLED_NS: Final = 2_000_000_000

_SUFFIX: Final = ".toml"
#: Between two names: no name of a file holds a slash.
_BETWEEN: Final = "/"
#: The character of a name that says which part of the folder it belongs to: the last of its uid, so that
#: parts are equally large, and a change of one file rewrites one of 32 parts.
_PART: Final = slice(-len(_SUFFIX) - 1, -len(_SUFFIX))
#: What tells a change: size, times of change of the content and of the entry, number of the file.
_LOOK: Final = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")
_NUMBERS: Final = 4
LOOK_BYTES: Final = 8 * _NUMBERS
#: What is kept of a number that a file system makes larger than a signed one of 64 bits, or negative.
_KEPT: Final = (1 << 63) - 1
#: Linux and macOS look a name up faster from an open folder than from its path.
_BY_DESCRIPTOR: Final = os.stat in os.supports_dir_fd and os.listdir in os.supports_fd
#: So many files are looked at by several processes. Source: measured, a fork costs 4 ms, a file 3 µs.
_MANY: Final = 8_000


class Part(NamedTuple):
    """The files of one part of a folder.

    Shape: `names` in any order with slashes between them; `looks` has four numbers of eight bytes for each.
    """

    names: str
    looks: bytes


#: What a folder looks like, part by part. As long as it stays the same, nothing has changed but what is
#: younger than UNSETTLED_NS: one comparison does for all.
Seen: TypeAlias = dict[str, Part]


class Difference(NamedTuple):
    """Names of files that are new or look different, and names that are gone."""

    changed: set[str]
    gone: set[str]


def look(folder: Path, *, together: bool = False) -> Seen:
    """What the folder says about each of its records, without opening them; nothing of a missing folder.

    Shape: `together` lets several processes look when there are many files; no connection to SQLite may be
        open then.
    """
    try:
        place = os.open(folder, os.O_RDONLY) if _BY_DESCRIPTOR else None
    except FileNotFoundError:
        return {}
    try:
        listed = os.listdir(folder if place is None else place)  # noqa: PTH208  names are all that is wanted
        look_at = _stat_in(folder, place)
        shares = _shares(listed)
        size = max(-(-len(shares) // workers.cores()), 1)
        least = 0 if together and len(listed) >= _MANY else len(shares) + 1
        found = workers.spread(partial(_parts, look_at), list(shares.items()), least=least, size=size)
        return {key: part for each in found for key, part in each}
    except FileNotFoundError:
        return {}
    finally:
        if place is not None:
            os.close(place)


def amended(before: Seen, folder: Path, names: Iterable[str]) -> Seen:
    """What was seen before, with a new look at some files alone."""
    asked = set(names)
    new = dict(_parts(partial(_stat_at, folder), list(_shares(asked).items())))
    kept = without(before, asked)
    return {key: _joined(kept.get(key), new.get(key)) for key in (*before, *(new.keys() - before.keys()))}


def names(seen: Seen) -> list[str]:
    """The files seen, sorted."""
    return sorted(name for part in seen.values() for name in part.names.split(_BETWEEN) if name)


def part_of(name: str) -> str:
    """Which part of a folder a file belongs to."""
    return name[_PART]


def difference(before: Seen, now: Seen) -> Difference:
    """What is not as it was; nothing when only the order of the folder has changed."""
    other = [key for key in before.keys() | now.keys() if before.get(key) != now.get(key)]
    old = {each for key in other if key in before for each in _each(before[key])}
    new = {each for key in other if key in now for each in _each(now[key])}
    changed = {name for name, _look in new - old}
    return Difference(changed, {name for name, _look in old - new} - changed)


def without(seen: Seen, left_out: Iterable[str]) -> Seen:
    """What was seen, but for some files."""
    dropped = set(left_out)
    concerned = {part_of(name) for name in dropped}
    return {key: _kept(part, dropped) if key in concerned else part for key, part in seen.items()}


def unsettled(seen: Seen, moment_ns: int, among: Collection[str]) -> set[str]:
    """Those of some files that may yet change without looking different.

    Units: `moment_ns` is a time the file system itself gave, before the files were read.
    """
    young = moment_ns - UNSETTLED_NS
    concerned = {part_of(name) for name in among}
    asked = set(among)
    return {
        name
        for key, part in seen.items()
        if key in concerned
        for name, looks in _each(part)
        if name in asked and array("q", looks)[1] >= young
    }


def _shares(names: Iterable[str]) -> dict[str, list[str]]:
    """The records among some names, by the part they belong to."""
    shares: dict[str, list[str]] = {}
    for name in names:
        if name.endswith(_SUFFIX) and name[0] != ".":
            shares.setdefault(name[_PART], []).append(name)
    return shares


def _parts(
    look_at: Callable[[str], os.stat_result], shares: Sequence[tuple[str, list[str]]]
) -> list[tuple[str, Part]]:
    return [(key, _part(look_at, names)) for key, names in shares]


def _part(look_at: Callable[[str], os.stat_result], names: Sequence[str]) -> Part:
    try:  # without a line of Python for each of them: tens of thousands of times
        looks = array("q", chain.from_iterable(map(_LOOK, map(look_at, names))))
    except (FileNotFoundError, OverflowError):
        return _part_one_by_one(look_at, names)
    return Part(_BETWEEN.join(names), looks.tobytes())


def _part_one_by_one(look_at: Callable[[str], os.stat_result], names: Iterable[str]) -> Part:
    """The same where a name is gone by now, a link leads nowhere, or a number is beyond all measure."""
    found, looks = [], array("q")
    for name in names:
        about = _look_or_link(look_at, name)
        if about is not None:
            found.append(name)
            looks.extend(number & _KEPT for number in _LOOK(about))
    return Part(_BETWEEN.join(found), looks.tobytes())


def _look_or_link(look_at: Callable[..., os.stat_result], name: str) -> os.stat_result | None:
    try:
        return look_at(name)
    except FileNotFoundError:
        pass
    try:  # a link that leads nowhere: whoever reads it will name it
        return look_at(name, follow_symlinks=False)
    except FileNotFoundError:
        return None


def _stat_in(folder: Path, place: int | None) -> Callable[..., os.stat_result]:
    """How a file of an open folder is looked at; where there is none, as the folder's own list has it."""
    if place is not None:
        return partial(os.stat, dir_fd=place)
    with os.scandir(folder) as entries:
        listed = {entry.name: entry for entry in entries}

    def look_at(name: str, *, follow_symlinks: bool = True) -> os.stat_result:
        if name not in listed:
            raise FileNotFoundError(name)
        return listed[name].stat(follow_symlinks=follow_symlinks)

    return look_at


def _stat_at(folder: Path, name: str, *, follow_symlinks: bool = True) -> os.stat_result:
    return (folder / name).stat(follow_symlinks=follow_symlinks)


def _each(part: Part) -> Iterator[tuple[str, bytes]]:
    """Each file of a part: its name, and how it looks."""
    names = part.names.split(_BETWEEN) if part.names else []
    return zip(
        names, (part.looks[at : at + LOOK_BYTES] for at in range(0, len(part.looks), LOOK_BYTES)), strict=True
    )


def _kept(part: Part, dropped: Collection[str]) -> Part:
    return _of((name, looks) for name, looks in _each(part) if name not in dropped)


def _of(files: Iterable[tuple[str, bytes]]) -> Part:
    found = list(files)
    return Part(_BETWEEN.join(name for name, _looks in found), b"".join(looks for _name, looks in found))


def _joined(first: Part | None, second: Part | None) -> Part:
    return _of(each for part in (first, second) if part is not None for each in _each(part))
