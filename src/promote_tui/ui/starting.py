"""What is asked before a session begins: its title, its team, who is in the room."""

from collections.abc import Callable, Sequence

from promote_tui.session.edits import details, items
from promote_tui.ui.asking import Ask


def asks(answers: dict[str, str], said: str = "") -> Sequence[Callable[[], Ask]]:
    """Return the questions before a session begins; ``answers`` holds what stands there already.

    Answers are put into ``answers``, by the names ``title``, ``team`` and ``present``; ``said`` stands
    before the first question.
    """

    def ask(name: str, label: str, question: str, hint: str = "", needed: str = "") -> Callable[[], Ask]:
        def answer(text: str) -> str:
            try:
                if name == "present":
                    details.read_hands(text)
            except items.EditError as error:
                return str(error)
            answers[name] = text
            return ""

        return lambda: Ask(label, question, answer, answers.get(name, ""), hint, needed=needed)

    return (
        ask(
            "title",
            "Title",
            f"{said} What shall this session be called?".strip(),
            "for example: Waking up on Mulberry 2",
            "A session needs a title.",
        ),
        ask("team", "Team", "Which ward or team is it for? Enter leaves it open."),
        ask(
            "present",
            "In the room",
            "How many patients, carers and staff are here? Nobody will be shown alone.",
            "three numbers, such as 3 1 5; Enter leaves it open",
        ),
    )
