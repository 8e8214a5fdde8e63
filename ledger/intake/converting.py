"""Files of old kinds made into ones that are read, by LibreOffice, where it is installed.

LibreOffice is a large program and the file is a stranger's: it runs in a folder of its own, with settings
that forbid macros and links, with limits, and what comes out is looked over like any received file.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from ledger.errors import RejectedInputError
from ledger.intake.kinds import Kind, kind_of
from ledger.intake.proposal import Remark
from ledger.intake.reading import LIMITS, checked

if TYPE_CHECKING:
    from ledger.intake.document import Tell
    from ledger.intake.reading import Received

#: How long LibreOffice may take, its first start on a slow disk included. Units: seconds.
PATIENCE: Final = 120
#: What each kind is made into, and the name of the filter that does it.
#: Source: LibreOffice, "Filter names for conversion".
_INTO: Final = {
    Kind.WRITING: (".docx", "docx:MS Word 2007 XML"),
    Kind.SHEETS: (".xlsx", "xlsx:Calc MS Excel 2007 XML"),
}
#: Where it is, when the system does not say.
_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
#: Variables without which it does not start on some systems; it gets no others, and no way to the network.
_KEPT: Final = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_NOWHERE: Final = "http://127.0.0.1:9"
#: Bytes of what it makes that are read: one more than any file may have is refused.
_MOST: Final = LIMITS[Kind.PACKAGE]
#: Endings LibreOffice is given; it looks at the content as well.
_ENDINGS: Final = {
    Kind.WRITING: (".doc", ".wps", ".rtf", ".odt", ".xml"),
    Kind.SHEETS: (".xls", ".et", ".ods", ".xml"),
}

#: Settings: no macro runs, whatever the file says; no link is followed or brought up to date.
#: Source: LibreOffice, officecfg/registry/schema/org/openoffice/Office/{Common,Writer,Calc}.xcs.
_SETTINGS: Final = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "1"),
)
_REGISTRY: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n{items}</oor:items>\n'
)
_ITEM: Final = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>\n"
)
#: Starts a program with limits: seconds of computing, bytes of memory and of one file, no memory dump.
_LIMITED: Final = (
    "import os, resource, sys\n"
    "for name, most in (('CPU', 120), ('DATA', 3 << 30), ('FSIZE', 200 << 20), ('CORE', 0)):\n"
    "    hard = resource.getrlimit(getattr(resource, 'RLIMIT_' + name))[1]\n"
    "    most = most if hard == resource.RLIM_INFINITY else min(most, hard)\n"
    "    resource.setrlimit(getattr(resource, 'RLIMIT_' + name), (most, most))\n"
    "os.execv(sys.argv[1], sys.argv[1:])\n"
)


def program() -> str | None:
    """Where LibreOffice is; None when it is not installed."""
    found = next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), None)
    if found is not None and os.path.isabs(found):  # noqa: PTH117  a name, not a place
        return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def converted(received: Received, *, on_progress: Tell | None = None) -> Received:
    """The file as a Word document or a workbook of today, with a remark that it was converted.

    Raises:
        RejectedInputError: LibreOffice is not installed, or cannot convert it.
    """
    soffice = program()
    ending = PurePath(received.name).suffix.casefold()
    if soffice is None:
        kind = ending if ending in _ENDINGS[received.kind] else _("Word 97, Excel 97")
        message = _(
            "{file} is of an old kind, {kind}, and LibreOffice, which could convert it, is not installed"
        )
        raise RejectedInputError(message.format(file=received.shown, kind=kind), _save(received.kind))
    if received.data.startswith(b"PK"):
        from ledger.intake.guarded import surveyed

        surveyed(received)
    if on_progress is not None:
        on_progress(0, None, _("converting with LibreOffice"))
    with tempfile.TemporaryDirectory(prefix="taizhang-", ignore_cleanup_errors=True) as name:
        data = _through(soffice, received, Path(name), ending)
    remark = Remark("converted", _("the file was converted by LibreOffice before it was read"))
    kind = kind_of(data, f"received{_INTO[received.kind][0]}", shown=received.shown)
    if kind is not Kind.PACKAGE:
        raise _failed(received)
    return checked(replace(received, data=data, kind=kind, remarks=(*received.remarks, remark)))


def _save(kind: Kind) -> str:
    if kind is Kind.WRITING:
        return _("open it in Word or WPS, save it as .docx and import that")
    return _("open it in Excel or WPS, save it as .xlsx and import that")


def _failed(received: Received) -> RejectedInputError:
    message = _("LibreOffice could not convert {file}").format(file=received.shown)
    return RejectedInputError(message, _save(received.kind))


def _through(soffice: str, received: Received, folder: Path, ending: str) -> bytes:
    """What LibreOffice makes of the file in `folder`."""
    into, filter_name = _INTO[received.kind]
    known = _ENDINGS[received.kind]
    source = folder / f"received{ending if ending in known else known[0]}"
    source.write_bytes(received.data)
    made = folder / "made"
    made.mkdir()
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    (profile / "user" / "registrymodifications.xcu").write_text(
        _REGISTRY.format(items=items), encoding="utf-8"
    )
    command = [
        soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--nodefault", "--nologo", "--nofirststartwizard", "--convert-to", filter_name, "--outdir", str(made),
        str(source),
    ]  # fmt: skip
    _run(command, received, folder)
    result = made / f"received{into}"
    if not result.is_file() or result.is_symlink():
        raise _failed(received)
    with result.open("rb") as file:
        return file.read(_MOST + 1)


def _run(command: list[str], received: Received, folder: Path) -> None:
    """Let LibreOffice work until it ends or takes too long; none of its processes is left."""
    limited = [sys.executable, "-I", "-c", _LIMITED] if sys.platform != "win32" else []
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    ours = {"HOME": str(folder), "TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy"), _NOWHERE)
    try:
        process = subprocess.Popen(
            [*limited, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=kept | ours | proxies,
            start_new_session=True,
        )
    except OSError as error:
        raise _failed(received) from error
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        message = _("LibreOffice took more than {seconds} seconds over {file} and was ended")
        text = message.format(seconds=PATIENCE, file=received.shown)
        raise RejectedInputError(text, _save(received.kind)) from None
    finally:
        with suppress(OSError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)  # its own session: what it started as well
        process.wait()
