"""What differs between systems: the one module that may be Unix-only in parts."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

#: What a file system answers that has no such thing as flushing a folder.
#: Source: fsync(2), "EINVAL: fd is bound to a special file which does not support synchronization".
_CANNOT_FLUSH: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})

#: What a file system answers that cannot give one file a second name here.
#: Source: link(2): EPERM, ENOTSUP, ENOSYS (no links), EXDEV (other device), EMLINK (too many), EACCES (SMB).
_CANNOT_LINK: Final = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EXDEV, errno.EMLINK, errno.EACCES, errno.ENOSYS}
)

#: Waits before a replacement that Windows refused is tried again, in seconds: a virus scanner or an
#: indexer holds a fresh file for moments. Source: CPython's test.support.os_helper waits one second in all.
_RETRIES: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4)


def sync_file(descriptor: int) -> None:
    """Make sure that what was written reached the disk itself."""
    if sys.platform == "darwin":
        import fcntl

        # fsync(2) of macOS leaves the bytes in the drive's cache; not every file system can do better.
        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Make sure that the names in `folder` reached the disk; nothing where a system cannot."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_FLUSH:
            raise
    finally:
        os.close(descriptor)


def replace(source: Path, target: Path) -> None:
    """Put `source` in the place of `target` in one step."""
    if sys.platform == "win32":
        for pause in _RETRIES:
            try:
                os.replace(source, target)  # noqa: PTH105  the tests make this one call fail
            except PermissionError:
                time.sleep(pause)
            else:
                return
    os.replace(source, target)  # noqa: PTH105  the tests make this one call fail


def link(source: Path, target: Path) -> bool:
    """Give the file `source` a second name; False where the file system has no such thing."""
    try:
        os.link(source, target)  # noqa: PTH200  the tests make this one call fail
    except OSError as error:
        if error.errno not in _CANNOT_LINK:
            raise
        return False
    return True


def open_regular(path: Path, *, follow: bool = True) -> int:
    """A descriptor to read the plain file at `path`; never waits for a pipe's other end.

    Shape: without `follow` a link is refused (ELOOP); the caller closes the descriptor.
    Anything that is not a plain file raises OSError with EINVAL (a folder: EISDIR).
    """
    flags = os.O_RDONLY
    for name in ("O_CLOEXEC", "O_NONBLOCK", "O_BINARY", *(() if follow else ("O_NOFOLLOW",))):
        flags |= getattr(os, name, 0)
    descriptor = os.open(path, flags)
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return descriptor
    os.close(descriptor)
    number = errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL
    raise OSError(number, os.strerror(number), str(path))


def is_alive(pid: int) -> bool:
    """Whether a process of this machine has the number `pid`."""
    if pid <= 0:
        return False
    if sys.platform == "win32":
        return _is_alive_on_windows(pid)
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def host() -> str:
    """The name of this machine; `localhost` when it has none."""
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME") or "localhost"
    return os.uname().nodename or "localhost"


def _is_alive_on_windows(pid: int) -> bool:
    # os.kill(pid, 0) would send Ctrl-C there instead of asking.
    if sys.platform != "win32":
        return True
    import ctypes

    query, still_active = 0x1000, 259  # PROCESS_QUERY_LIMITED_INFORMATION, STILL_ACTIVE (winbase.h)
    kernel = ctypes.windll.kernel32
    handle = kernel.OpenProcess(query, 0, pid)
    if not handle:
        return False
    code = ctypes.c_ulong()
    known = kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return bool(known) and code.value == still_active
