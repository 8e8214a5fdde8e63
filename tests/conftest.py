"""What every test may ask for: the front door as a function, a fixed day and person, golden files.

`run("add", "…")` calls the program as a person would, inside this process, and gives code, out and err.
`golden("list.txt", text)` compares with a kept file; only `--update-golden` writes one.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import hypothesis
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: The moment every test happens at, and who sits at the keyboard, unless it says otherwise.
NOW = "2025-03-01T09:00:00+08:00"
ACTOR = "林某"

GOLDEN = Path(__file__).parent / "golden"
USED: set[str] = set()

hypothesis.settings.register_profile(
    "house",
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.data_too_large],
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


class Result(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


class Runner:
    """The program's front door, called in this process.

    `run("list", "--json")` gives a Result. Keyword arguments change one thing for this call: `stdin` (text or bytes),
    `lang`, `by`, `now`, `env` (more variables; None removes one), `cwd`, `terminal` (somebody looks at what is printed).
    """

    def __call__(
        self,
        *argv: str | Path,
        stdin: str | bytes = b"",
        lang: str | None = None,
        by: str | None = None,
        now: str | None = None,
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
        terminal: bool = False,
    ) -> Result:
        from ledger import cli

        changes: dict[str, str | None] = {"TAIZHANG_LANG": lang, "TAIZHANG_ACTOR": by, "TAIZHANG_NOW": now}
        changes = {name: value for name, value in changes.items() if value is not None} | dict(env or {})
        data = stdin.encode() if isinstance(stdin, str) else stdin
        out, err = _stream(terminal=terminal), _stream(terminal=terminal)
        with _changed(changes), contextlib.chdir(cwd or Path.cwd()), _replaced(_stream(data), out, err):
            code = cli.main([str(argument) for argument in argv])
            out.flush()
            err.flush()
        return Result(code, _text(out), _text(err))

    def ok(self, *argv: str | Path, **options) -> str:
        """Run what must succeed, and give its stdout."""
        result = self(*argv, **options)
        assert (result.code, result.err if result.code else "") == (0, ""), result
        return result.out


class _Terminal(io.TextIOWrapper):
    """A stream somebody looks at."""

    def isatty(self) -> bool:
        return True


def _stream(data: bytes = b"", *, terminal: bool = False) -> io.TextIOWrapper:
    """Text over bytes: a pipe as Python sees one, or the screen of a terminal."""
    kind = _Terminal if terminal else io.TextIOWrapper
    return kind(io.BytesIO(data), encoding="utf-8", newline="", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


@contextlib.contextmanager
def _replaced(stdin: io.TextIOWrapper, out: io.TextIOWrapper, err: io.TextIOWrapper) -> Iterator[None]:
    kept = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = stdin, out, err
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept


@contextlib.contextmanager
def _changed(changes: Mapping[str, str | None]) -> Iterator[None]:
    kept = {name: os.environ.get(name) for name in changes}
    _set(changes)
    try:
        yield
    finally:
        _set(kept)


def _set(values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def isolated(home: Path) -> dict[str, str | None]:
    """The variables under which the program sees nothing of this machine; None means: not set.

    Shape: to be laid over `os.environ`, in this process or for a child.
    """
    ours = {name: None for name in os.environ if name.startswith(("TAIZHANG_", "LC_", "GIT_", "LEDGER_"))}
    return {
        **ours,
        "TAIZHANG_NOW": NOW,
        "TAIZHANG_ACTOR": ACTOR,
        "TAIZHANG_LANG": "en",
        "HOME": str(home),
        "USERPROFILE": str(home),
        "APPDATA": str(home / "config"),
        "LOCALAPPDATA": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "NO_COLOR": "1",
        "TERM": "dumb",
        "COLUMNS": "100",
        "LANG": "C.UTF-8",
        "LANGUAGE": None,
        "FORCE_COLOR": None,
        "PYTHONUTF8": None,
        "EDITOR": None,
        "VISUAL": None,
    }


@pytest.fixture(autouse=True)
def _alone(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test starts in an empty folder, as one person on one day, and sees nothing of this machine."""
    for name, value in isolated(tmp_path_factory.mktemp("home")).items():
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run() -> Runner:
    """The front door; see Runner."""
    return Runner()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the kept one of that name.

    A failing run never writes. `--update-golden` does, and its diff is to be read.
    """

    def compare(name: str, text: str) -> None:
        USED.add(name)
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.exists(), f"tests/golden/{name} is not there yet: look at the output, then `make golden`"
        assert path.read_bytes().decode() == text

    return compare


def pytest_addoption(parser: pytest.Parser) -> None:
    """One flag of our own."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew; read the diff")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error) -> None:
    """With xdist: gather which golden files a worker used."""
    USED.update(getattr(node, "workeroutput", {}).get("golden", ()))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A golden file no test uses fails a full run: it says something nobody checks."""
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["golden"] = sorted(USED)
        return
    if not _full_run(config) or session.exitstatus != 0:
        return
    kept = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    if unused := sorted(kept - USED):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        config.stash[UNUSED] = unused


UNUSED = pytest.StashKey[list[str]]()


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    """Name the golden files nobody used."""
    for name in config.stash.get(UNUSED, []):
        terminalreporter.write_line(f"error: no test uses tests/golden/{name}; delete it", red=True)


def _full_run(config: pytest.Config) -> bool:
    chosen = [config.option.keyword, config.option.markexpr, config.option.collectonly]
    chosen += [getattr(config.option, "lf", False), config.option.deselect, config.option.ignore]
    where = {str(Path(argument).resolve()) for argument in config.args}
    return not any(chosen) and where <= {str(config.rootpath), str(Path(__file__).parent)}
