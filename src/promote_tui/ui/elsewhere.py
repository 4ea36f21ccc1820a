"""A runner that is to be tried in another place: what is asked, and where its session is then."""

from promote_tui.session.edits import carrying, own
from promote_tui.session.edits.items import EditError
from promote_tui.session.text import one_line
from promote_tui.ui.asking import Ask
from promote_tui.ui.typing_screen import TypingScreen, cut

_LONGEST_TITLE = 100


def ask_where(stage: TypingScreen, id: str) -> None:
    """Ask which ward tries a runner next, and what that session is called; then make it, and say so."""
    try:
        initiative = carrying.runner(stage.session, id)
    except EditError as error:
        stage.refuse(str(error))
        return
    if stage.room.read_only:
        stage.refuse(stage.room.read_only)
        return
    words = own.title_of(stage.session, initiative)
    said: dict[str, str] = {}

    def team(text: str) -> str:
        said["team"] = text
        return ""

    def title(text: str) -> str:
        said["title"] = text
        return ""

    async def make() -> None:
        why = await stage.room.try_elsewhere(id, said["title"], said["team"])
        if why:
            stage.refuse(why)
        else:
            stage.say(f"A session of its own now, it waits at home: {cut(said['title'])}")

    offered = one_line(words)[:_LONGEST_TITLE]
    stage.ask(
        Ask(
            "Where",
            f"“{cut(words)}”: which ward or team tries it next?",
            team,
            needed="Which ward or team is it?",
        ),
        Ask(
            "Title",
            "What shall their session be called?",
            title,
            offered,
            needed="A session needs a title.",
            enter=offered,
        ),
        then=make,
    )
