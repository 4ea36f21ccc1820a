"""The patterns of what could show who a person is: shapes and words only, no list of people, no network.

They are tried in the order of ``RULES``; what one took, no later one sees. The place is the group ``it``.
No text can slow them down: whatever repeats is bounded, or begins only where it could not have gone on.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

Sort = Literal[
    "NHS number", "date of birth", "phone number", "e-mail address", "postcode", "name", "bed number"
]
Holds = Callable[[re.Match[str]], bool]
"""What else must hold for a match, where a pattern alone cannot say."""

BORN_BEFORE: Final = 2015
"""A full date of an earlier year is taken for a date of birth, also without a word that says so.

There is no clock here: a fixed year keeps the findings of an old session the same for ever. Sessions and
their plans lie years after it, and nearly everybody they tell of was born before it.
"""
_SHORT_YEARS_OF_PLANS: Final = range(BORN_BEFORE % 100, 36)
"""Years that ``03/03/27`` may mean as a day of a plan; any other two digits are a year of birth."""

ONE_SPELLING: Final[dict[int, str]] = (
    dict.fromkeys([0x09, 0xA0, 0xAD, *range(0x2000, 0x200E), 0x202F, 0x205F, 0x2060, 0x3000], " ")
    | dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")
    | dict.fromkeys([0x2018, 0x2019, 0x02BC], "'")
    | {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
)
"""Other spaces, dashes and apostrophes, wide letters and digits: each as the one plain character."""


def _always(_: re.Match[str]) -> bool:
    return True


def _passes_check(match: re.Match[str]) -> bool:
    from stdnum.gb import nhs  # noqa: PLC0415 - few texts need it, and it must not delay the first paint

    digits = re.sub("[^0-9]", "", match["it"])
    return len(set(digits)) > 1 and nhs.is_valid(digits)


def _is_birth(match: re.Match[str]) -> bool:
    if year := re.search("(?:19|20)[0-9]{2}", match["it"]):
        return int(year[0]) < BORN_BEFORE
    return int(match["it"][-2:]) not in _SHORT_YEARS_OF_PLANS


_ROOM_OF_ALL = re.compile(
    r"\b(?:waiting|day|dining|meeting|training|seminar|staff|clinic|treatment|quiet|sitting|living|family|sensory"
    r"|interview|consulting|therapy|group|art|class|board|changing|store|linen|operating|exam"
    r"|triage|assessment)[ -]$",
    re.IGNORECASE,
)


def _is_somebodys(match: re.Match[str]) -> bool:
    return not _ROOM_OF_ALL.search(match.string[max(0, match.start() - 12) : match.start()])


# NHS number: in threes and four, or any way after its label; a Scottish CHI number begins with a birthday
_GAP = r"(?: ?[-./] ?| {1,2})?"
_REST = r"(?:[ ./-]{0,3}[0-9])"
_LABEL = r"(?:[ .]{0,2}(?:no|num|number|id)\b)?(?: (?:is|was))?[ .:=#()-]{0,4}"
_LABELLED_NHS = rf"(?i:\bNHS{_LABEL}(?P<it>[0-9]{_REST}{{9}})(?![0-9]))"
_LABELLED_CHI = (
    rf"(?i:\bCHI{_LABEL}(?P<it>(?:0[1-9]|[12][0-9]|3[01])"
    rf"[ ./-]{{0,3}}(?:0[1-9]|1[0-2]){_REST}{{6}})(?![0-9]))"
)
_NHS = (
    rf"(?<![0-9A-Za-z#£+])(?P<it>[1-9][0-9]{{2}}(?:{_GAP}[0-9]{{3}}{_GAP}[0-9]{{4}}"
    rf"|{_GAP}[0-9]{{4}}{_GAP}[0-9]{{3}}|[0-9]{_GAP}[0-9]{{3}}{_GAP}[0-9]{{3}}))(?![0-9])"
)

# dates, the day before the month
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_NTH = rf"{_DAY}(?:st|nd|rd|th)?"
_MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)[0-9]{2}"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_DAY_MONTH = rf"(?:{_NTH}(?: day)?(?: of)?[ ./-]?{_MONTH}|{_MONTH}[ -]?(?:the )?{_NTH}(?![0-9a-z]))"
_CUT = r"(?: ?[/.-] ?| )"
_FULL_DATE = (
    rf"(?<![0-9/.-])\b(?=[0-9JFMASONDjfmasond])(?P<it>(?i:{_DAY_MONTH}),?[ ./-]{{0,2}}(?:{_YEAR}|'[0-9]{{2}})"
    rf"|{_DAY}{_CUT}{_MONTH_NUMBER}{_CUT}{_YEAR}|{_YEAR}{_CUT}{_MONTH_NUMBER}{_CUT}{_DAY}"
    rf"|{_DAY}/{_MONTH_NUMBER}/[0-9]{{2}}|[0-3][0-9][.-][01][0-9][.-][0-9]{{2}})(?![0-9]|[/.-][0-9])"
)
_BORN = (
    r"(?i:\b(?:dob|d[./ ]o[./ ]b|date of birth|birth ?date|birthday(?:'s)?|born)"
    r"(?:,? (?:is|was|on|in|the|about|around)\b){0,3}[ .,:=()-]{0,4}"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    rf"(?P<it>[0-9]{{1,2}}{_CUT}[0-9]{{1,2}}{_CUT}[0-9]{{2,4}}|{_YEAR}{_CUT}[0-9]{{1,2}}{_CUT}[0-9]{{1,2}}"
    rf"|{_DAY_MONTH}(?:,?[ ./-]{{0,2}}(?:{_YEAR}|'?[0-9]{{2}}))?"
    rf"|{_MONTH},? {_YEAR}|[0-9]{{8}}|[0-9]{{6}})(?![0-9]))"
)

# what makes a count, a time or a size of a number after "bed" or "ext"
_NO_COUNT = (
    r"(?![.:,/-]?[0-9]| ?[%°]| ?(?:to|or|of) ?[0-9]| of the (?:steps|list|day)| ?(?:hour(?:s|ly)?|hr(?:s|ly)?"
    r"|h|min(?:ute)?s?|m|am|pm|o'clock|till?|until|days?|nights?|weeks?|wks?|months?|years?|yrs?|times?"
    r"|at a time|people|persons?|patients|staff|nurses|carers|visitors|beds|rooms|bays|chairs?|storey"
    r"|bath(?:room)?s?|steps?|metres?|feet|foot|ft|cm|mm|miles?|degrees|per|percent|pounds?|stars?|more|extra|other)\b)"
)

_PHONE = (
    r"(?=[+(0])(?<![0-9+.])(?P<it>(?:\+ ?|\b00)[1-9](?:[ .()-]{0,3}[0-9]){8,13}"
    r"|\(?\b(?=0[0-9]{2})0[1-35-9](?:[ .()-]{0,3}[0-9]){8,9})(?![0-9])"
)
_EXTENSION = (
    r"(?i:\b(?:ext(?:n|ension)?|bleep(?:ed)?|pager)(?![a-z])\.?(?: (?:is|on|no|num|number)\b\.?){0,2}"
    rf"[ :=]{{0,3}}(?P<it>[0-9]{{3,6}})\b{_NO_COUNT})"
)
_LOCAL_PHONE = (
    r"(?i:\b(?:tel|telephone|phone|mobile|mob|landline)\b\.?(?: (?:no|number)\b\.?)?"
    r"(?: (?:is|was))?[ :=]{0,3}(?P<it>[0-9]{3,4}[ -]?[0-9]{3,4})(?![ -]?[0-9]))"
)

_E_MAIL = (
    r"(?<![\w.%+'-])(?P<it>[\w.%+'-]+(?:@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}"
    r"|(?: @ | ?\(at\) ?)(?:[\w-]{1,63}\.){1,8}(?:uk|com|org|net|eu|ie)\b))"
)

# the letters C, I, K, M, O and V are never among the last two; in small letters "3rd" or "4hr" is no postcode
_OUTWARD = r"(?:[BEGLMNSW]|[A-Z]{2})[0-9][0-9A-Z]?[ -]{0,2}"
_INWARD = r"[0-9][ABD-HJLNP-UW-Z]{2}"
_POSTCODE = (
    rf"\b(?P<it>{_OUTWARD}{_INWARD}"
    rf"|(?i:{_OUTWARD}(?!1st|2nd|3rd|[0-9](?:th|hr|ds|gs|xl|xs|yr|gb|tb)){_INWARD}))\b"
)

_BED = (
    r"(?i:\b(?P<it>(?:bay ?[0-9A-H]{1,2}[ ,/-]{1,3})?"
    r"(?:bed(?: ?space|room)?|(?:side[ -]?)?room|rm|cubicle)"
    r"(?: ?(?:number|num|no)\b\.?)?(?:(?<!the room): ?|-| ?)"
    rf"(?:[0-9]{{1,3}}[a-g]?\b{_NO_COUNT}"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?=$|[.,;:!?)\n]| (?:is|was|has|had|needs|wants|asked|said|rang|again)\b))))"
)

# what may follow a title with a capital and yet is no name: how a sentence, a heading or a brand goes on
_NO_NAME = (
    "a|above|act|after|all|always|an|and|another|are|as|asked|asks|at|bean|because|been|being|blobby|breakfast"
    "|brings|but|by|called|calls|came|can|checks|christmas|comes|could|dad|did|dinner|do|does|dose|doubtfire|each"
    "|easter|every|everyone|explains|for|friday|from|gave|gets|gives|goes|google|had|has|have|he|help|helps|her"
    "|him|his|home|how|i|if|imaging|in|is|it|its|kipling|knocks|later|leaves|lunch|machine|makes|martens"
    "|meals?|medication|meets|men|monday|mum|muscle|must|my|nan|needs|never|no|nobody|not|nothing|now|of|off|on"
    "|once|one|only|opens|or|our|out|pepper|reads|required|said|saturday|says|scan|scanner|scans|see|sees|she"
    "|should|shouted|signs|so|some|spoke|starts|sunday|supper|takes|talks|tea|tells|than|that|the|their|them|then"
    "|there|these|they|this|thursday|to|told|too|tuesday|tumble|universe|up|us|visiting|waits|walks|was|we"
    "|wednesday|went|were|what|when|where|which|whippy|who|why|with|world|would|writes|wrong|yes|you|your"
)
# what makes a job, a place or a shift of Nurse, Sister or Doctor, or is rung up by one of them
_NO_PERSON = (
    "admin|advis[eo]r|appointments?|apprentices?|assessments?|assistants?|associates?|bank|bay|bell"
    "|breaks?|buzzer|call|care|catering|charge|checklist|clinic|communication|consultants?"
    "|coordinators?|days|desk|director|discharge|doctors?|earlies|education|educators?|escort|estates"
    "|family|feedback|form|handovers?|hospital|housekeeping|huddle|in-charge|independent|induction"
    "|interview|introduction|lates|leads?|led|letters?|liaison|managers?|matron|may|meetings?|nights|notes"
    "|nurses?|nursing|observations?|office|pals|paperwork|patients?|pharmacy|phones|police|porters"
    "|practice|practitioners?|prescribers?|reception|research|resident|reviews?|room|rota|rounding"
    "|rounds?|samaritans|security|senior|service|shifts?|shop|signature|sister|site|social"
    "|specialists?|staff|station|strange|students?|supervision|survey|switchboard|teams?|therapists?"
    "|time|training|triage|trust|uniform|union|unit|visits?|waiting|ward|welcome|will"
)
_CAPITAL = "[A-ZÀ-ÖØ-ÞĆČĐİŁŚŞŠŹŻŽ]"
_SMALL_WORD = r"(?:[Vv](?:an(?: [Dd]e[nr]?)?|on)|[Dd](?:e(?: [Ll]a)?|el|i|a|u)|[Ll][ea]|[Bb]in|[Tt]er|St\.?)"
_NAME = (
    rf"(?:{_SMALL_WORD} |[Aa]l-|[Ee]l-)?(?!(?i:{_NO_NAME})\b)(?:d')?{_CAPITAL}(?:'(?!s\b))?[^\W\d_]+"
    r"(?:['-](?!s\b)[^\W\d_]+)*"
)
_PERSON = rf"(?!(?i:{_NO_PERSON})\b)(?!{_CAPITAL}{{2,3}}\b){_NAME}"  # HCA and GP are no names
_MORE = rf"(?: {_PERSON}){{0,2}}"
_INITIALS = rf"(?:{_CAPITAL}(?:\. ?| )){{0,3}}"
_MRS = (
    rf"\b(?P<it>(?:[Mm]rs?|MRS?|Ms|Miss|Mx|[Pp]rof|Rev)(?:\. ?| {{1,2}}){_INITIALS}{_NAME}{_MORE}"
    rf"|mrs?(?:\. ?| {{1,2}})(?!(?:{_NO_NAME})\b)(?:o'|de |van |von )?[a-z]{{3,}})"
)
# "Nurse Opens The Door" is a heading, and after "saw the Dr." a new sentence begins
_DR = (
    r"\b(?P<it>(?:(?:[Dd][Rr]s?|Professor|Sr|(?:Doctor|Sister|Nurse|Matron)(?! [^\W\d_]+s [A-Z])) {1,2}"
    rf"|(?<!\b[Tt]he )(?<!\b[Aa] )(?<!\b[Oo]ur )(?:Dr|Sr)\. ?){_INITIALS}{_PERSON}{_MORE})"
)
_CALLED = (
    r"\b(?:(?:[Aa]n?|[Oo]ne|[Aa]nother|young|old|older|elderly|new) (?:man|woman|lady|gentleman|boy|girl"
    r"|child|baby|patient|resident|carer|visitor|nurse|doctor|HCA|student|volunteer|person)|[Ss]ome(?:one|body))"
    rf" (?:called|named) (?P<it>{_PERSON}{_MORE})"
)
_NAME_IS = (
    r"\b(?:(?i:my|his|her|their|whose|first|last|full|patient(?:'s)?|person's|carer's) name|[Ss]urname)"
    rf"(?: is| was|'s|:) (?P<it>{_PERSON}{_MORE})"
)

_DIGITS = tuple("0123456789")


@dataclass(frozen=True)
class Rule:
    """One shape: worth trying only where one of ``hints`` stands in the text, in small letters."""

    sort: Sort
    hints: tuple[str, ...]
    pattern: re.Pattern[str]
    holds: Holds = _always


RULES: Final = (
    Rule("e-mail address", ("@", "(at)"), re.compile(_E_MAIL)),
    Rule("NHS number", ("nhs",), re.compile(_LABELLED_NHS), _passes_check),
    Rule("NHS number", ("chi",), re.compile(_LABELLED_CHI), _passes_check),
    Rule("date of birth", ("dob", "d.o", "d/o", "d o", "birth", "born"), re.compile(_BORN)),
    Rule("phone number", ("0", "+"), re.compile(_PHONE)),
    Rule("NHS number", _DIGITS, re.compile(_NHS), _passes_check),
    Rule("phone number", ("ext", "bleep", "pager"), re.compile(_EXTENSION)),
    Rule("phone number", ("tel", "phone", "mob", "landline"), re.compile(_LOCAL_PHONE)),
    Rule("date of birth", _DIGITS, re.compile(_FULL_DATE), _is_birth),
    Rule("postcode", _DIGITS, re.compile(_POSTCODE)),
    Rule("bed number", ("bed", "room", "rm", "cubicle"), re.compile(_BED), _is_somebodys),
    Rule("name", ("mr", "ms ", "ms.", "miss ", "mx", "prof", "rev"), re.compile(_MRS)),
    Rule("name", ("dr", "doctor", "prof", "sister", "nurse", "sr", "matron"), re.compile(_DR)),
    Rule("name", ("called", "named"), re.compile(_CALLED)),
    Rule("name", ("name",), re.compile(_NAME_IS)),
)
