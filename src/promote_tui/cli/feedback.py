"""The commands that bring words into the inbox: ``promote jot`` and ``promote import``."""

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from promote_tui.cli import finding, listing, talk
from promote_tui.cli.finding import FINE, NO, NO_ACCESS, WRONG_USAGE, CommandError
from promote_tui.session import privacy, shorthand
from promote_tui.session.edits.items import EditError, entered
from promote_tui.session.text import LONGEST, number_of
from promote_tui.store import decoding, feedback_table
from promote_tui.store.feedback_table import Comment, Table
from promote_tui.store.inbox import Inbox
from promote_tui.store.inbox_text import Draft

_NOTHING_TO_KEEP = 'There is nothing to keep. For example: promote jot "p: The lights came on at six"'
_STOPPED = "Nothing was imported."


def jot(args: argparse.Namespace) -> int:
    """Keep a line, or the lines of standard input, in the inbox."""
    today = datetime.now(UTC).astimezone().date()
    lines = _lines_of_stdin() if args.words == ["-"] else [" ".join(args.words)]
    drafts = {number: _jotted(line, today) for number, line in enumerate(lines, 1) if line.strip()}
    if not drafts:
        raise CommandError(WRONG_USAGE, _NOTHING_TO_KEEP)
    added = Inbox(finding.library_or_ask(args).folder).add(drafts.values(), "jot")
    for number, draft in drafts.items():
        if warning := privacy.warning(draft.text):
            place = f"Line {number}: " if len(lines) > 1 else ""
            talk.tell(f"{place}{warning} It is kept as it is: change it when it is taken into a session.")
    talk.tell(f"{number_of(len(added.new), 'line')} kept for the next session.{_again(added.already)}")
    return FINE


def _jotted(line: str, today: date) -> Draft:
    story = shorthand.read_story(line)
    text = _entered(story.text)
    if not text:
        raise CommandError(WRONG_USAGE, _NOTHING_TO_KEEP)
    return Draft(text, story.voice, "jotted on the ward", today)


def _entered(text: str) -> str:
    try:
        return entered(text)
    except EditError as error:
        raise CommandError(WRONG_USAGE, str(error)) from None


def _lines_of_stdin() -> list[str]:
    if not sys.stdin:
        raise CommandError(NO_ACCESS, "There is nothing to read from.")
    try:
        return decoding.decoded(sys.stdin.buffer.read(decoding.LARGEST + 1)).splitlines()
    except decoding.NotTextError as error:
        raise CommandError(NO, str(error)) from None


def _again(already: int) -> str:
    return f" {number_of(already, 'was', 'were')} not new: the same words came in before." if already else ""


# import


def import_comments(args: argparse.Namespace) -> int:
    """Take the comments of a table into the inbox, after asking which columns and what to mask."""
    source = _entered(args.source)
    table = _table(args)
    library = finding.library_or_ask(args)
    asks = not args.yes and args.file != "-" and talk.is_terminal(sys.stdin, sys.stderr)
    columns = _named(args.comments, table) if args.comments else _guessed(args, table, asks)
    comments = [comment for comment in table.comments(columns) if _fits(comment)]
    if not comments:
        raise CommandError(NO, f"There are no comments in {_list(table, columns)}.")
    looks_like = {comment: what for comment in comments if (what := _looks_like(comment.text))}
    answer = _answer(args, looks_like, asks)
    if answer == "l":
        comments = [comment for comment in comments if comment not in looks_like]
    elif answer == "m":
        comments = [replace(comment, text=privacy.mask(comment.text)) for comment in comments]
    drafts = [
        Draft(
            comment.text,
            args.voice or comment.voice,
            f"{source}: {comment.asked}" if comment.asked else source,
            comment.received_on,
        )
        for comment in comments
    ]
    added = Inbox(library.folder).add(drafts, "comment")
    left_out = len(looks_like) if answer == "l" else 0
    if args.json:
        talk.say_json(
            {
                "file": args.file,
                "columns": [table.columns[number - 1].name for number in columns],
                "new": len(added.new),
                "already": added.already,
                "masked": len(looks_like) if answer == "m" else 0,
                "left_out": left_out,
                "looks_like": [{"row": comment.row, "what": what} for comment, what in looks_like.items()],
            }
        )
    else:
        out = f" {left_out} left out; --mask takes them with those words masked." if left_out else ""
        talk.tell(f"{number_of(len(added.new), 'comment')} added to the inbox.{_again(added.already)}{out}")
    return FINE


def _table(args: argparse.Namespace) -> Table:
    data = finding.data_of(args.file, args, decoding.LARGEST, finding.A_TABLE)
    try:
        return feedback_table.read(data)
    except feedback_table.NotATableError as error:
        raise CommandError(NO, f"{args.file}: {error}") from None


def _named(words: Sequence[str], table: Table) -> tuple[int, ...]:
    columns: dict[int, None] = {}
    for word in words:
        found = table.named(word)
        if not found:
            there = _list(table, [column.number for column in table.columns])
            raise CommandError(WRONG_USAGE, f'There is no column "{word}". There are {there}.')
        columns.update(dict.fromkeys(found))
    return tuple(columns)


def _guessed(args: argparse.Namespace, table: Table, asks: bool) -> tuple[int, ...]:
    """Return the columns that hold comments, as the person confirms them."""
    guessed = table.guessed("comment")
    if not asks:
        if not args.yes:
            raise CommandError(
                WRONG_USAGE,
                "promote import needs a terminal to ask which column holds the comments."
                " Name it with --comments, or take the guess with --yes.",
            )
        if not guessed:
            raise CommandError(NO, "No column looks like comments. Name it with --comments.")
        return guessed
    for line in listing.columns([_row(table, number) for number in range(1, len(table.columns) + 1)]):
        talk.tell(line)
    them = f"column{'s' if len(guessed) > 1 else ''} {' and '.join(map(str, guessed))}"
    taken = f"Enter takes the comments of {them}, a" if guessed else "A"
    while True:
        reply = talk.ask(f"{taken} number chooses another column, n stops:")
        if reply is None or reply in ("n", "no"):
            raise CommandError(NO, _STOPPED)
        if not reply and guessed:
            return guessed
        numbers = tuple(dict.fromkeys(map(int, re.findall("[0-9]{1,9}", reply))))
        if numbers and all(1 <= number <= len(table.columns) for number in numbers):
            return numbers
        talk.tell(f"There are columns 1 to {len(table.columns)}.")


_ROLES = {"comment": "comments", "voice": "who", "date": "day", "": ""}


def _row(table: Table, number: int) -> list[str]:
    column = table.columns[number - 1]
    return [str(number), column.name, privacy.mask(column.sample), _ROLES[column.role]]


def _list(table: Table, columns: Sequence[int]) -> str:
    return ", ".join(f"{number} “{table.columns[number - 1].name}”" for number in columns)


def _fits(comment: Comment) -> bool:
    if len(comment.text) > LONGEST:
        talk.tell(f"Row {comment.row} has {len(comment.text):,} characters; {LONGEST:,} fit. It is left out.")
    return len(comment.text) <= LONGEST


def _looks_like(text: str) -> list[str]:
    return list(dict.fromkeys(found.what for found in privacy.find(text)))


def _answer(args: argparse.Namespace, looks_like: Mapping[Comment, Sequence[str]], asks: bool) -> str:
    """Return what is done with comments that look like identifiers: k keep, m mask, l leave out."""
    if asks or not args.json:
        for comment, what in looks_like.items():
            talk.tell(f"Row {comment.row} looks like {' and '.join(what)}.")
    if args.mask or not looks_like:
        return "m"
    if not asks:
        return "l"
    them = "This comment" if len(looks_like) == 1 else f"These {len(looks_like)} comments"
    talk.tell(f"{them} could show who somebody is.")
    while True:
        reply = talk.ask("Enter or m masks those words, l leaves the comments out, k keeps them, n stops:")
        if reply is None or reply in ("n", "no"):
            raise CommandError(NO, _STOPPED)
        if reply in ("", "m", "l", "k"):
            return reply or "m"
