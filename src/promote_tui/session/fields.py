"""What one field of a session may hold: text, ids, counts, lists, times."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from pydantic_core import PydanticKnownError

from promote_tui.session.text import LONGEST, made_visible, tidy

MOST_ITEMS = 1_000
"""Most items one list of a session may hold."""


def _kept(text: str) -> str:
    text = made_visible(tidy(text))
    # composed, some scripts need more characters than they were typed with
    if len(text) > LONGEST:
        raise PydanticKnownError("string_too_long", {"max_length": LONGEST})
    return text


Text = Annotated[str, Field(max_length=LONGEST), AfterValidator(_kept)]
"""Anything a person wrote, up to 10,000 characters."""
Name = Annotated[Text, Field(min_length=1)]
"""Text that may not be empty."""
Tie = Text
"""The id of something else in the file; it is kept even when nothing has that id."""
CandidateId = Annotated[str, Field(pattern=r"^candidate-[0-9]{1,9}$")]
StoryId = Annotated[str, Field(pattern=r"^story-[0-9]{1,9}$")]
StepId = Annotated[str, Field(pattern=r"^step-[0-9]{1,9}$")]
IdeaId = Annotated[str, Field(pattern=r"^idea-[0-9]{1,9}$")]
GroupId = Annotated[str, Field(pattern=r"^group-[0-9]{1,9}$")]
ParkedId = Annotated[str, Field(pattern=r"^parked-[0-9]{1,9}$")]
InitiativeId = Annotated[str, Field(pattern=r"^initiative-[0-9]{1,9}$")]
ResistanceId = Annotated[str, Field(pattern=r"^resistance-[0-9]{1,9}$")]
"""Ids are kind and number, such as ``story-3``; unique in the file and never used again."""
UUIDText = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")]
"""The identity of a session, given once; renaming its file changes nothing."""
Number = Annotated[int | float, Field(allow_inf_nan=False)]
Feeling = Annotated[int, Field(ge=-2, le=2)]
"""How something felt for the person: -2 very low, -1 low, 0 mixed, 1 good, 2 very good."""
Count = Annotated[int, Field(ge=0, le=999)]
Minutes = Annotated[int, Field(ge=0, le=9_999)]
LAST_REVISION = 999_999_999
Revision = Annotated[int, Field(ge=0, le=LAST_REVISION)]


def a_list() -> Any:
    """Return a list that is empty unless said otherwise."""
    return Field(default=(), max_length=MOST_ITEMS)


def to_the_second(now: datetime) -> datetime:
    """Return a time as a file keeps it: whole seconds, and a fixed distance from UTC.

    A named time zone would not do: in the hour that comes twice in autumn such a time equals no other.
    """
    return datetime.fromisoformat(now.isoformat(timespec="seconds"))
