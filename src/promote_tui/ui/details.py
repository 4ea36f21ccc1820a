"""What is asked about a session as a whole: title, team, day, who is in the room."""

from collections.abc import Callable

from promote_tui.session.edits import details
from promote_tui.session.model import Session
from promote_tui.ui.fields import Field


def details_fields(session: Session) -> list[Field]:
    """Return the fields of the session as a whole, in the order in which they are asked."""

    def setter(name: str) -> Callable[[Session, object], Session]:
        return lambda session, value: details.set_details(session, **{name: value})

    return [
        Field("details:title", "Title", "What is this session called?", session.title, setter("title")),
        Field("details:team", "Team", "Which ward or team is this?", session.team, setter("team")),
        Field(
            "details:facilitator",
            "Facilitator",
            "Who leads it? A role, not a name.",
            session.facilitator,
            setter("facilitator"),
        ),
        Field(
            "details:held_on",
            "Day",
            "On which day is it held?",
            session.held_on,
            setter("held_on"),
            "day",
        ),
        Field(
            "details:present",
            "In the room",
            "How many patients, carers and staff are here?",
            session.present,
            details.set_present,
            "hands",
            hint="three numbers, such as 3 1 5",
        ),
        Field(
            "details:dots",
            "Dots each",
            "How many votes does each person have in a room vote?",
            session.dots or None,
            lambda session, value: details.set_details(session, dots=value or 0),
            "number",
            hint="a number such as 3; Enter leaves it open",
        ),
    ]
