"""Edits of stage 1: stories and feedback, candidate processes, the one process chosen."""

from typing import Any
from zlib import crc32

from promote_tui.session.edits import items
from promote_tui.session.edits.items import required
from promote_tui.session.fields import Feeling
from promote_tui.session.model import Candidate, PerVoice, Process, Session, Sharing, Story, Voice
from promote_tui.session.shorthand import read_story


def add_line(session: Session, line: str) -> Session:
    """Return the session with what a capture line says: a story of one voice, or a process to consider."""
    read = read_story(line)
    if read.voice:
        return add_story(session, read.voice, read.text)
    return add_candidate(session, read.text)


def add_story(session: Session, voice: Voice, text: str, *, source: str = "", inbox: str = "") -> Session:
    """Return the session with one more story, at any place: the order must not show who spoke when."""
    text = required(text, "A story")
    source = items.entered(source, "Where it comes from")
    story: dict[str, Any] = {"voice": voice, "text": text, "source": source, "inbox": inbox}
    id, _ = items.new_id(session, "story")
    place = crc32(f"{session.id} {id}".encode()) % (len(session.stories) + 1)
    return items.add(session, "story", lambda id: Story(id=id, **story), place)


def leave_out(session: Session, id: str) -> Session:
    """Return the session with an entry of the inbox marked as not wanted."""
    return session.model_copy(update={"left_out": (*session.left_out, id)})


def from_inbox(session: Session) -> set[str]:
    """Return the ids of the entries of the inbox that this session took, parked or left out."""
    taken = [story.inbox for story in session.stories] + [parked.inbox for parked in session.parked]
    return {id for id in (*taken, *session.left_out) if id}


def add_candidate(session: Session, name: str) -> Session:
    """Return the session with one more process to consider."""
    name = required(name, "A process")
    return items.add(session, "candidate", lambda id: Candidate(id=id, name=name))


def turn_candidate(session: Session, name: str) -> Session:
    """Return the session with a process of this name to consider, or without it when it was there."""
    for candidate in session.candidates:
        if candidate.name.casefold() == name.casefold():
            if candidate.id == session.process.candidate:
                raise items.EditError("This one is chosen already.")
            return items.remove(session, candidate.id)
    return add_candidate(session, name)


def retell(session: Session, id: str, line: str) -> Session:
    """Return the session with a story's words, and its voice where the line names one, changed."""
    read = read_story(line)
    fields: dict[str, Any] = {"text": required(read.text, "A story")}
    if read.voice:
        fields["voice"] = read.voice
    return items.change(session, id, **fields)


def rename_candidate(session: Session, id: str, name: str) -> Session:
    """Return the session with a candidate renamed, and the chosen process with it if it is that one.

    A line with a voice, such as ``c: Nobody rang``, makes it the story that it was meant to be.
    """
    if voice := read_story(name).voice:
        return add_story(items.remove(session, id), voice, read_story(name).text)
    name = required(name, "A process")
    session = items.change(session, id, name=name)
    if session.process.candidate == id:
        session = set_frame(session, name=name)
    return session


def feel(session: Session, id: str, by: int) -> Session:
    """Return the session with a story or a step felt better (1) or worse (-1), from mixed, within -2 to 2."""
    item = items.find(session, id)
    if "feeling" not in type(item).model_fields:
        raise items.EditError("How it felt is kept for stories and steps.")
    old = item.feeling
    new = feeling_after(old, by)
    if new == old:
        raise items.EditError("That is as far as it goes.")
    return items.change(session, id, feeling=new)


def feeling_after(old: Feeling | None, by: int) -> Feeling:
    """Return how it feels one better (1) or worse (-1) than ``old``; nothing said yet counts as mixed."""
    return max(-2, min(2, (old or 0) + by))


def share(session: Session, id: str, sharing: Sharing | None) -> Session:
    """Return the session with how a story may be shared."""
    return items.change(session, id, sharing=sharing)


def vote(session: Session, id: str, hands: PerVoice) -> Session:
    """Return the session with the hands counted for a candidate or an idea, kept per voice group."""
    return items.change(session, id, votes=hands)


def choose_process(session: Session, candidate_id: str) -> Session:
    """Return the session with this candidate as its one process; the frame of another is not carried over."""
    candidate: Candidate = items.find(session, candidate_id)
    if session.process.candidate == candidate_id:
        return session
    return session.model_copy(update={"process": Process(name=candidate.name, candidate=candidate_id)})


def set_frame(session: Session, **fields: Any) -> Session:
    """Return the session with fields of the chosen process set: purpose, start, end, phase, why."""
    return session.model_copy(update={"process": items.changed(session.process, **fields)})
