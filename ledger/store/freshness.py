"""What a folder of records looks like from outside, so that only changed files are read again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

#: How long after its last change a file may be changed again without looking different, in nanoseconds.
#: Source: RELIABILITY §1.4 (racy git); 2 s is the coarsest clock of a file system (FAT).
UNSETTLED_NS: Final = 2_000_000_000

_SUFFIX: Final = ".toml"
#: Between two files, and between a name and the rest: no name of a file holds a slash.
_BETWEEN: Final = "//"
_AFTER_NAME: Final = "/"
#: Linux and macOS look a name up faster from an open folder than from its path.
_BY_DESCRIPTOR: Final = os.scandir in os.supports_fd


class Difference(NamedTuple):
    """Names of files that are new or look different, and names that are gone."""

    changed: set[str]
    gone: set[str]


def look(folder: Path) -> str:
    """What the folder says about each of its records, without opening them.

    Shape: for each file, as the folder lists them, its name, size, times of change of its content and
        of its entry, and number. Empty when there is no such folder. As long as this text stays the
        same, nothing has changed but what is younger than UNSETTLED_NS: one comparison does for all.
    """
    try:
        place = os.open(folder, os.O_RDONLY) if _BY_DESCRIPTOR else None
    except FileNotFoundError:
        return ""
    found = []
    try:
        with os.scandir(folder if place is None else place) as entries:
            for each in entries:  # tens of thousands of times: calls would cost a fifth of it
                name = each.name
                if name.endswith(_SUFFIX) and name[0] != ".":
                    try:
                        about = each.stat()
                    except FileNotFoundError:  # a link that leads nowhere: whoever reads it will name it
                        about = each.stat(follow_symlinks=False)
                    found.append(
                        f"{name}/{about.st_size} {about.st_mtime_ns} {about.st_ctime_ns} {about.st_ino}"
                    )
    except FileNotFoundError:
        return ""
    finally:
        if place is not None:
            os.close(place)
    return _BETWEEN.join(found)


def amended(before: str, folder: Path, names: Iterable[str]) -> str:
    """What was seen before, with a new look at some files alone."""
    asked = dict.fromkeys(names)
    kept = [each for each in _each(before) if _name(each) not in asked]
    for name in asked:
        try:
            kept.append(_line(name, (folder / name).stat()))
        except FileNotFoundError:
            continue
    return _BETWEEN.join(kept)


def difference(before: str, now: str) -> Difference:
    """What is not as it was; nothing when only the order of the folder has changed."""
    old, new = set(_each(before)), set(_each(now))
    changed = set(map(_name, new - old))
    gone = set(map(_name, old - new)) - changed
    return Difference(changed, gone)


def without(seen: str, left_out: Iterable[str]) -> str:
    """What was seen, but for some files."""
    dropped = set(left_out)
    return _BETWEEN.join(each for each in _each(seen) if _name(each) not in dropped) if dropped else seen


def unsettled(seen: str, moment_ns: int, among: Iterable[str]) -> set[str]:
    """Those of some files that may yet change without looking different.

    Units: `moment_ns` is a time the file system itself gave, before the files were read.
    """
    asked = set(among)
    young = moment_ns - UNSETTLED_NS
    return {
        name
        for each in _each(seen)
        if asked and (name := _name(each)) in asked and _changed_ns(each) >= young
    }


def _line(name: str, about: os.stat_result) -> str:
    return f"{name}/{about.st_size} {about.st_mtime_ns} {about.st_ctime_ns} {about.st_ino}"


def _each(seen: str) -> Iterator[str]:
    return iter(seen.split(_BETWEEN) if seen else ())


def _name(each: str) -> str:
    return each.partition(_AFTER_NAME)[0]


def _changed_ns(each: str) -> int:
    return int(each.split(" ")[1])
