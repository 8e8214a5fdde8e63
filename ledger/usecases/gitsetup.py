"""Telling git how to treat ledgers: what to keep as it is, what to leave out, what to try before a commit."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from ledger.errors import NotFoundError, RefusedError
from ledger.store import files, git
from ledger.store.lock import locked
from ledger.store.workspace import LEDGERS
from ledger.usecases import attributes, starting, versioning
from ledger.usecases.change import Changed
from ledger.usecases.versioning import Committed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ledger.store.git import Repository
    from ledger.store.lock import Holder
    from ledger.store.workspace import Workspace
    from ledger.usecases.attributes import Line

#: Files of a ledger as git sees them, by which attributes are tried.
_RECORD = "issues/0001-00000000.toml"
_EVIDENCE = "evidence/00/00.txt"

#: What git runs before a commit, when asked for. Source: githooks(5), "pre-commit".
HOOK = """\
#!/bin/sh
# Written by: ledger git setup --hooks. Delete this file to be rid of it.
# A ledger that does not hold is not committed; git commit --no-verify commits it all the same.
cd "$(git rev-parse --show-toplevel)/{inside}" || exit 1
program=$(command -v ledger || command -v taizhang)
if [ -z "$program" ]; then
    echo "ledger is not installed here: nothing was checked" >&2
    exit 0
fi
for settings in ledgers/*/ledger.toml; do
    name=$(basename "$(dirname "$settings")")
    if ! "$program" -L "$name" check >&2; then
        echo "$name does not hold (ledger check): nothing was committed" >&2
        exit 1
    fi
done
"""


class Finding(NamedTuple):
    """Something in the way of ledgers in git. Shape: `line` is None where it is no line's fault."""

    file: PurePosixPath
    line: int | None
    message: str


class Wishes(NamedTuple):
    """What else `git setup` shall do: start a repository, write the hook, commit, or only show."""

    init: bool = False
    hooks: bool = False
    commit: bool = False
    dry_run: bool = False


class Setup(NamedTuple):
    """What was set up, or would be.

    Shape: `repository` is its root, None when there is none; `hook` is the hook's file, None when none was
        asked for or it is there already.
    """

    repository: Path | None
    started: bool
    changed: tuple[Changed, ...]
    hook: Changed | None
    findings: tuple[Finding, ...]
    committed: Committed


def set_up(
    workspace: Workspace, wishes: Wishes, *, by: str, on_wait: Callable[[Holder | None], None]
) -> Setup:
    """Write what git has to know; lines of the user's stay.

    Raises:
        NotFoundError: a hook was asked for, and there is no repository.
        RefusedError: there is another hook; or the settings name another folder for hooks.
    """
    if wishes.dry_run:
        return _set_up(workspace, wishes)
    with locked(workspace.state, by=by, command="git setup", on_wait=on_wait):
        return _set_up(workspace, wishes)


def _set_up(workspace: Workspace, wishes: Wishes) -> Setup:
    root = workspace.root
    repository = git.find(root)
    starts = repository is None and wishes.init
    if wishes.hooks and repository is None and not starts:
        raise NotFoundError(
            _("there is no git repository here"), _("start one with: ledger git setup --init")
        )
    hook = _hook(root, repository) if wishes.hooks and repository is not None else None
    changed = tuple(_planned(workspace, repository))
    committed = Committed()
    if not wishes.dry_run:
        if starts:
            git.start(root)
            repository = git.find(root)
            hook = _hook(root, repository) if wishes.hooks and repository is not None else None
        for each in changed:
            path = root / each.path
            files.write(path, each.after.encode(), expected=files.digest_at(path))
        _write_hook(hook)
        if wishes.commit:
            subject = _("git: how to treat ledgers")
            committed = versioning.commit_files(root, subject, [each.path for each in changed])
    findings = tuple(_findings(workspace, repository, changed))
    where = repository.root if repository is not None else None
    return Setup(where, starts, changed, hook, findings, committed)


def _planned(workspace: Workspace, repository: Repository | None) -> Iterator[Changed]:
    for name, content in starting.GIT_FILES.items():
        each = starting.with_lines(workspace.root, name, content)
        if name == ".gitattributes" and not _holds(workspace, repository, each):
            again = each.after + ("" if each.after.endswith("\n") else "\n") + content
            each = each._replace(after=again)
        if each.before != each.after:
            yield each


def _holds(workspace: Workspace, repository: Repository | None, own: Changed) -> bool:
    """Whether our lines count, or a later one of the same file says otherwise."""
    rows = [row for row in _rows(workspace, repository, own.after) if row.file == own.path]
    record, evidence = _samples(workspace)[0]
    return (
        attributes.said(record, rows, "text") is not False
        and attributes.said(record, rows, "eol") == "lf"
        and attributes.said(record, rows, "merge") == "text"
        and attributes.said(evidence, rows, "text") is False
    )


def _samples(workspace: Workspace) -> list[tuple[PurePosixPath, PurePosixPath]]:
    """A record and a file of evidence of each ledger; of one there might be when there is none."""
    names = workspace.names() or ("2025",)
    homes = [PurePosixPath(LEDGERS, name) for name in names]
    return [(home / _RECORD, home / _EVIDENCE) for home in homes]


def _rows(workspace: Workspace, repository: Repository | None, own: str) -> list[Line]:
    """Every line of attributes that may speak of a ledger, the weakest first; `own` is the workspace's text.

    Source: gitattributes(5): nearer folders count more, `info/attributes` most.
    """
    root = workspace.root.resolve()
    above = []
    if repository is not None:
        top = repository.root.resolve()
        above = [folder for folder in (root, *root.parents) if folder.is_relative_to(top)][1:]
    below = [root / LEDGERS, *(root / LEDGERS / name for name in workspace.names())]
    found: list[Line] = []
    for folder in reversed(above):
        found += _of_folder(folder, root)
    name = PurePosixPath(".gitattributes")
    found += attributes.lines(own, name, PurePosixPath())
    for folder in below:
        found += _of_folder(folder, root)
    if repository is not None:
        path = repository.own / "info" / "attributes"
        shown = PurePosixPath(".git/info/attributes")
        found += attributes.lines(_text(path), shown, PurePosixPath())
    return found


def _of_folder(folder: Path, root: Path) -> list[Line]:
    path = folder / ".gitattributes"
    if folder.is_relative_to(root):
        inside = PurePosixPath(folder.relative_to(root).as_posix())
        return attributes.lines(_text(path), inside / path.name, inside)
    # A folder above: its patterns speak of paths that begin with the way from there to here.
    shown = PurePosixPath(path.as_posix())
    return [row for row in attributes.lines(_text(path), shown, PurePosixPath()) if "/" not in row.pattern]


def _text(path: Path) -> str:
    try:
        return files.read(path, limit=1 << 20).decode("utf-8", errors="replace")
    except OSError:
        return ""


def _findings(
    workspace: Workspace, repository: Repository | None, changed: tuple[Changed, ...]
) -> Iterator[Finding]:
    own = next((each.after for each in changed if each.path.name == ".gitattributes"), None)
    rows = _rows(workspace, repository, _text(workspace.root / ".gitattributes") if own is None else own)
    for row in rows:
        if row.values.get("merge") == "union" and any(
            row.matches(one) for one, _other in _samples(workspace)
        ):
            message = _(
                "git would throw two versions of a record together, line by line: take merge=union out"
            )
            yield Finding(row.file, row.number, message)
        if row.values.get("filter") and any(
            row.matches(one) or row.matches(other) for one, other in _samples(workspace)
        ):
            message = _("a filter stands on files of a ledger: --commit leaves them to you")
            yield Finding(row.file, row.number, message)
    for _record, evidence in _samples(workspace):
        if attributes.said(evidence, rows, "text") is not False:
            message = _("git may change line ends of evidence: put -text on {path}")
            yield Finding(evidence.parents[1], None, message.format(path=f"{evidence.parents[1]}/**"))
    yield from _tracked(workspace, repository)


def _tracked(workspace: Workspace, repository: Repository | None) -> Iterator[Finding]:
    """What should never have got into git."""
    if repository is None:
        return
    folders = [workspace.state, *(workspace.ledgers / name / ".index" for name in workspace.names())]
    for folder in folders:
        if repository.tracked(repository.relative(folder)):
            shown = PurePosixPath(folder.relative_to(workspace.root).as_posix())
            message = _(
                "git has files of this folder, which belong to one machine: git rm --cached -r {path}"
            )
            yield Finding(shown, None, message.format(path=shown))


def _hook(root: Path, repository: Repository) -> Changed | None:
    elsewhere = repository.hooks_elsewhere()
    if elsewhere is not None:
        message = _("git looks for hooks in {folder} (core.hooksPath), which is not this repository's alone")
        raise RefusedError(
            message.format(folder=elsewhere), _("put ledger check into the pre-commit hook there yourself")
        )
    path = repository.hooks() / "pre-commit"
    inside = repository.relative(root / LEDGERS).parent
    wanted = HOOK.format(inside=str(inside).replace('"', '\\"').replace("$", "\\$").replace("`", "\\`"))
    there = _text(path)
    if there == wanted:
        return None
    if path.exists() or path.is_symlink():
        message = _("there is a pre-commit hook already: {path}").format(path=path.as_posix())
        raise RefusedError(message, _("put ledger check into it yourself"))
    return Changed("", (), PurePosixPath(path.as_posix()), (), "", wanted)


def _write_hook(hook: Changed | None) -> None:
    if hook is not None:
        path = Path(hook.path)
        files.write(path, hook.after.encode(), expected=None)
        path.chmod(0o755)
