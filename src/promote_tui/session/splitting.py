"""Two ideas in one line, taken apart so that each stands alone."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from promote_tui.session.idea_words import WORD, spelled, stem, stems, words

_FEWEST_WORDS = 3
"""Words that an idea needs to stand alone; shorter pairs are one act, such as knocking and waiting."""

_CUT = re.compile(
    r"(?P<hard>; |(?<=\w\w)[.!?]+ |,? and also |,? as well as )|(?P<comma>, (?:and|&) )| (?:and|&) ",
    re.IGNORECASE,
)
_AHEAD = 80
"""Characters read of what follows, so that a long paste takes no longer than its length."""
_LEAD = re.compile(
    r"(?:(?:please|always|never|also|just|maybe|perhaps|do not|don't|let's|i'll|we'll|then|(?:i|we|you)(?:"
    r" all)? (?:can|could|should|will|must|need to|have to|ought to))[ ,]+)*"
)
_WHO = re.compile(
    r"(?:(?:all|the|our|day|night) )*(?:staff|nurses|doctors|hcas?|nurse|team|people|they|everyone"
    r"|everybody|someone|somebody|management) (?:can|could|should|will|must|to|need to|needs to|ought to) "
)
# “do not call and shout” says no to both
_NOT = re.compile(r"(?:\w+ ){0,3}(?:not|never|don['’]t)\b", re.IGNORECASE)
# words that are hardly ever anything but something to do
_DO = words(
    "add agree allow announce arrange ask avoid bake begin bring build buy carry choose collect continue"
    " create decide develop eat encourage ensure explain fetch fill find follow get give greet hang have"
    " hold improve include introduce invite keep knock learn let listen make meet move offer organise pour"
    " prepare print provide put raise read remind remove replace ring say sell send serve share sing sit"
    " speak stand stick stop take teach tell thank tidy try turn unlock use wake wear wipe write"
)
# these are things as often; something to do only when it is said to what
_MAY_DO = words(
    "answer book call change check clean clear close cook cover dim display draw dress drink end exercise"
    " fix focus hand help hire hold install label lay leave light list lock lower name note open order"
    " paint park pass pay phone pin place plan play post press promote quiet record report rest review"
    " rota run set show shut start store support swap switch talk test tick train turn visit walk warm"
    " wash watch water welcome work"
)
_SAID_TO_WHAT = words(
    "a an the our their your his her each every all any some more new people patients families carers"
    " staff everyone everybody anyone someone somebody visitors names music up out down off one two three"
    " both volunteers relatives bedrooms meals tea breakfast lunch supper doors lights calling shouting"
    " asking"
)
_DOING = stems(" ".join((_DO | _MAY_DO) - words("cook exercise light meet paint train walk wash"))) | stems(
    "assume chat gossip ignore interrupt laugh rush search shout type using whisper"
)
# what comes after one of these, or after “to” with something to do, may still belong to it
_LEADS_ON = words("who whom which that so if when where while because until unless how what why whether")
_AFTER_TO = stems(" ".join(_DO | _MAY_DO)) | stems("be go help come see feel do wait watch look know")
# one act in two words: people sit down and listen, knock and wait, go and ask
_BEGINS_AN_ACT = stems(
    "knock sit stand go come walk pause wait look kneel stay smile try let help pop pull watch remember lean"
)
_ENDS_AN_ACT = stems("wait listen see watch smile sit stand stay think find go come let")
# these speak of something said before
_LEANS = words("it its him there then instead same again")
_LEANS_EARLY = words("only them this these those both")
_LINK = re.compile(r"^(?:also|and|plus),? ", re.IGNORECASE)
# these are needed with each part: “stop calling … and shouting …”
_CARRIED = words("stop start keep avoid continue begin")
# an idea may be a thing and no sentence: “a clock in every bedroom”
_THINGS = words("a an no more fewer less")
_IS = words("is are was were has have had does do feel feels can will should must")


def split_idea(text: str) -> tuple[str, ...]:
    """Return the ideas that one line holds, each able to stand alone; nothing when it holds only one."""
    line = "; ".join(" ".join(part.split()) for part in text.splitlines() if part.strip())
    cuts = list(_CUT.finditer(line))
    ends = [*(cut.start() for cut in cuts), len(line)]
    parts: list[str] = []
    start = 0
    left = _words(line[: ends[0]], hard=True)
    goes_on = _goes_on(left)
    for cut, end in zip(cuts, ends[1:], strict=True):
        hard = cut["hard"] is not None
        right = _words(line[cut.end() : cut.end() + _AHEAD], hard)
        piece = _words(line[cut.end() : end], hard)
        denied = _NOT.match(line, start) and not _NOT.match(line, cut.end())
        free = hard or not (denied or _one_act(left, right) or (goes_on and cut["comma"] is None))
        if free and _both_stand(left, right, hard) and not _leans(piece):
            parts.append(line[start : cut.start()])
            start, left, goes_on = cut.end(), piece, _goes_on(piece)
        else:
            left = [*left, *piece][:_AHEAD]
            goes_on = goes_on or _goes_on(piece)
    return tuple(_tidied([*parts, line[start:]])) if parts else ()


def _words(text: str, hard: bool) -> list[str]:
    """Return the words from the one that says what to do; only a new sentence may name who does it."""
    said = spelled(text)
    said = said[_lead(said) :]
    if hard and (who := _WHO.match(said)):
        said = said[who.end() :]
        said = said[_lead(said) :]
    return WORD.findall(said)


def _lead(said: str) -> int:
    found = _LEAD.match(said)
    return found.end() if found else 0


def _both_stand(left: Sequence[str], right: Sequence[str], hard: bool) -> bool:
    if min(len(left), len(right)) < _FEWEST_WORDS:
        return False
    first, second = _sort(left, True), _sort(right, hard)
    if "thing" in (first, second):
        return hard and first == second
    if hard or first == second:
        return first != "" != second
    return second == "doing" and _carried(left)


def _sort(said: Sequence[str], new: bool) -> str:
    """Return how an idea begins: do something, doing something, a thing; nothing when it is no idea.

    In a ``new`` sentence the first word is what to do, even if it is a thing as often.
    """
    first, second = said[:2]
    is_sentence = not _IS.isdisjoint(said)
    if first in _DO or (first in _MAY_DO and (second in _SAID_TO_WHAT or (new and not is_sentence))):
        return "do"
    if first.endswith("ing") and stem(first) in _DOING:
        return "doing"
    return "thing" if first in _THINGS and not is_sentence else ""


def _carried(said: Sequence[str]) -> bool:
    """Say whether the first word is needed with what follows, as in ``stop calling … and shouting …``."""
    return len(said) > 1 and said[0] in _CARRIED and said[1].endswith("ing")


def _one_act(left: Sequence[str], right: Sequence[str]) -> bool:
    return not left or not right or stem(left[0]) in _BEGINS_AN_ACT or stem(right[0]) in _ENDS_AN_ACT


def _goes_on(said: Sequence[str]) -> bool:
    """Say whether what follows may still belong to a part of these words, such as ``ask people to sit …``."""
    to_do = any(one == "to" and stem(two) in _AFTER_TO for one, two in pairwise(said))
    return to_do or not _LEADS_ON.isdisjoint(said[1:])


def _leans(said: Sequence[str]) -> bool:
    """Say whether words cannot stand alone: they speak of something said before them."""
    return not _LEANS.isdisjoint(said) or not _LEANS_EARLY.isdisjoint(said[:3]) or said[:1] == ["then"]


def _tidied(parts: Sequence[str]) -> Iterator[str]:
    carried, capital = "", parts[0][:1].isupper()
    for number, part in enumerate(parts):
        said = part.strip(" ,;:–-") if part.endswith(("..", "…")) else part.strip(" ,;:.–-")
        if number == 0:
            opening = _words(said, hard=True)
            if _carried(opening) and (found := re.search(rf"\b{opening[0]}\b", said, re.IGNORECASE)):
                carried = said[: found.end()]
        else:
            said = _LINK.sub("", said)
            if carried and said.partition(" ")[0].endswith("ing"):
                said = f"{carried} {said[0].lower()}{said[1:]}"
            elif capital:
                said = said[0].upper() + said[1:]
        yield said
