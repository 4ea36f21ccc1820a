"""A runner that is to be tried in another place: what is asked, and where its session is then."""

from promote_tui.session.edits import carrying, own
from promote_tui.session.edits.items import EditError
from promote_tui.session.text import one_line
from promote_tui.store.library import Library, LibraryError
from promote_tui.ui.asking import Ask
from promote_tui.ui.background import in_background
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
    _ask(stage, id, cut(words), "", one_line(words)[:_LONGEST_TITLE])


def _ask(
    stage: TypingScreen, id: str, words: str, team: str, title: str, *, there_already: bool = False
) -> None:
    """Ask for ward and title, where these stand already; what is there already has to be meant twice."""
    said = {"team": team, "title": title}

    def keep(name: str, text: str) -> str:
        said[name] = text
        return ""

    async def make() -> None:
        meant = there_already and (said["team"], said["title"]) == (team, title)
        if not meant and await in_background(_is_there, stage.room.library, **said):
            _ask(stage, id, words, **said, there_already=True)
            return
        if stage not in stage.app.screen_stack:  # the room went home meanwhile
            return
        why = await stage.room.try_elsewhere(id, said["title"], said["team"])
        if why:
            stage.refuse(why)
        else:
            stage.say(f"A session of its own now, it waits at home: {cut(said['title'])}")

    asked = f"“{words}”: which ward or team tries it next?"
    if there_already:
        asked = f"“{cut(title)}” for {cut(team)} is there already. Enter twice makes one more. Or which ward?"
    stage.ask(
        Ask("Where", asked, lambda text: keep("team", text), team, needed="Which ward or team is it?"),
        Ask(
            "Title",
            "What shall their session be called?",
            lambda text: keep("title", text),
            title,
            needed="A session needs a title.",
        ),
        then=make,
    )


def _is_there(library: Library, team: str, title: str) -> bool:
    try:
        cards = library.cards()
    except LibraryError:  # making the session says so
        return False
    wanted = (one_line(team).casefold(), one_line(title).casefold())
    return any((card.team.casefold(), card.title.casefold()) == wanted for card in cards)
