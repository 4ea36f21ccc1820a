"""What ``promote history`` does: list the earlier versions of a session, print one, bring one back."""

import argparse
import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from promote_tui.cli import finding, listing, talk
from promote_tui.cli.finding import FINE, NO, NO_ACCESS, CommandError
from promote_tui.reports.text import text_report
from promote_tui.session.differences import SINCE, differences, summary
from promote_tui.session.edits.details import stamped
from promote_tui.session.edits.items import EditError
from promote_tui.session.edits.taking_over import as_it_was
from promote_tui.session.model import Session
from promote_tui.session.text import number_of
from promote_tui.store import copies, session_file
from promote_tui.store.session_file import SessionFile
from promote_tui.store.session_lock import SessionLock
from promote_tui.store.versions import Version, Versions


def history(args: argparse.Namespace) -> int:
    """List the versions of a session, or print or restore the one that was asked for."""
    path = finding.find(args.file, args)
    with finding.readable():
        file = SessionFile.open(path)
        data = session_file.read_bytes(path)
    id = file.reading.session.id if file.reading.session else copies.id_in(data)
    if not id:
        raise CommandError(
            NO, f"{args.file} says nowhere which session it is, so none of its versions is known."
        )
    kept = Versions(id)
    versions = kept.all()
    if kept.trouble:
        raise CommandError(NO_ACCESS, kept.trouble)
    if args.show is not None:
        talk.say(*text_report(_session_of(kept, versions, args.show), _now().date()).splitlines())
        return FINE
    if args.restore is not None:
        session = _session_of(kept, versions, args.restore)
        with _not_open_elsewhere(path):
            return _restore(file, data, session, kept, versions)
    return _list(args, path, file.reading.session, kept, versions)


def _list(
    args: argparse.Namespace, path: Path, newer: Session | None, kept: Versions, versions: list[Version]
) -> int:
    """Say of each version what changed after it, up to the next newer one that can be read."""
    rows: list[list[str]] = []
    values: list[dict[str, Any]] = []
    for number, version in enumerate(versions, 1):
        session, trouble = copies.read_version(kept, version)
        changed = ""
        if session:
            if newer:
                changed = summary(differences(newer, session), SINCE) or "nothing changed"
            newer = session
        when = version.kept_at.astimezone()
        told = trouble or f"{changed}{', as a person wrote it' if version.by_hand else ''}".removeprefix(", ")
        rows.append([str(number), f"{when:%Y-%m-%d %H:%M}", f"revision {version.revision}", told])
        values.append(
            {
                "number": number,
                "kept_at": version.kept_at.isoformat(),
                "revision": version.revision,
                "by_hand": version.by_hand,
                "changed": changed or None,
                "problem": trouble or None,
            }
        )
    if args.json:
        talk.say_json({"file": str(path), "id": kept.id, "versions": values})
        return FINE
    if not versions:
        talk.tell(f"There are no earlier versions of {path.name} on this computer.")
    talk.say(*listing.columns(rows))
    return FINE


def _session_of(kept: Versions, versions: list[Version], number: int) -> Session:
    if not 1 <= number <= len(versions):
        there = number_of(len(versions), "version") if versions else "no version"
        raise CommandError(NO, f"There is no version {number}. This computer keeps {there} of this session.")
    session, trouble = copies.read_version(kept, versions[number - 1])
    if session is None:
        raise CommandError(NO, f"Version {number}: {trouble}")
    return session


def _restore(
    file: SessionFile, data: bytes, earlier: Session, kept: Versions, versions: list[Version]
) -> int:
    """Save an earlier state as the newest one: in its file, or beside one that cannot be read in full."""
    now, name, session = _now(), file.path.name, file.reading.session
    if session is None or file.reading.cut_short:
        newest = max([version.revision for version in versions] + ([session.revision] if session else []))
        new = copies.write_beside(file.path, earlier, now, after=newest)
        talk.say(str(new))
        talk.tell(
            f"{name} cannot be read in full and stays as it is. The version is in the new file {new.name}."
        )
        return FINE
    if file.read_only:
        raise CommandError(NO_ACCESS, file.read_only)
    try:
        back = stamped(as_it_was(session, earlier), now)
    except EditError as error:
        raise CommandError(NO, str(error)) from None
    kept.keep(data, now, revision=session.revision)
    saved = file.save(back, now)
    talk.say(str(saved.path))
    talk.tell(saved.note or f"{name} is as it was then. What stood in it is kept: promote history lists it.")
    return FINE


@contextlib.contextmanager
def _not_open_elsewhere(path: Path) -> Iterator[None]:
    """Hold the lock of a session; raises CommandError while the program has it open."""
    lock = SessionLock(path)
    if not lock.take():
        raise CommandError(NO, f"{path.name} is open in the program. Leave it there first, or press V there.")
    try:
        yield
    finally:
        lock.release()


def _now() -> datetime:
    return datetime.now(UTC).astimezone()
