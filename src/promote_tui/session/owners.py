"""Gentle words about who owns a change: a role, not a name, and somebody who can take the first step."""

import re

from promote_tui.session import privacy
from promote_tui.session.advice import Hint
from promote_tui.session.model import Session

MOST_CHANGES = 3
"""Changes that one owner can carry before a gentle word."""

_NAME = Hint("name", "A role is safer here, such as HCA, nights.")
_NOBODY = Hint("nobody", "Who takes the first step? One role is enough to begin with.")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NOBODYS = re.compile(
    r"(?:(?:the|our|all|of|whole|every|any|ward|nursing|clinical|multidisciplinary|entire|some|other) )*"
    r"(?:teams?|staff|us|members|colleagues|people|everyone|everybody|anyone|anybody|someone|somebody|nobody"
    r"|no one|none|we|they|them|i|me|myself|you|all|both|ward|hospital|trust|management|mdt|others"
    r"|members of staff|us all|we all|they all)(?: else)?"
    r"|(?:all|any|every|each|everyone|everybody|anyone|anybody|someone|somebody|whoever) .+"
    r"|(?:not|nobody|no one|none) .+|(?:to be|tb) ?\w+|tbc|tba|tbd|n ?a|unknown|unsure|dont know|later|x+|"
)
# what a role, a place or a time is called: none of these words is part of a name
_OF_A_ROLE = _words(
    "a accountant activities activity acute admin administration administrator admissions advanced"
    " adviser advisor advocacy advocate afternoon afternoons ahp ambulance an anaesthetic anaesthetist"
    " analyst apprentice are assistant associate at audiologist audit auxiliary b2 b3 b4 b5 b6 b7 b8"
    " band bank barber bay bed beds befriender bereavement breakfast buddy by cardiac care carer carers"
    " case catering ceo chair champion chaplain chaplaincy charge chef chief child children clean cleaner"
    " cleaners cleaning clerical clerk clerks clinic clinical clinician cns co coach comms communications"
    " community consultant consultants controller cook coordinator cover covering crew ct cultural dad"
    " daughter day days deputy desk diabetes dietetic dietetics dietician dietitian dining director"
    " discharge doctor doctors domestic domestics driver dual duty earlies early education educator"
    " ehealth elderly emergency engagement estates evening evenings executive expert facilitator"
    " facilities falls family father feedback finance fire floor for foundation friend from front fy1 fy2"
    " gardener general governor gp grade group hairdresser hand handyman hca hcas hcsw head health"
    " healthcare helper home hospital hospitality host hosts hotel house housekeeper housekeepers"
    " housekeeping hr hub imaging imam improvement in infection information instructor intern interpreter"
    " ipc it junior keyworker kitchen lab laboratory language late lates laundry lead leader leaders"
    " leads learning liaison librarian link locum lunch main maintenance manager managers maternity matron"
    " meal meals medical medicine medicines member mental midwife midwifery midwives morning mornings"
    " mother music navigator neighbour new next nic night nights nurse nursery nurses nursing nutrition"
    " occupational of office officer old on oncall oncology operating operations optometrist orderly"
    " orthoptist ot our outpatient outpatients outreach pa paediatric pain palliative pals paramedic"
    " parent partner pastor pathologist patient patients peer person pharmacist pharmacy phlebotomist"
    " physician physicist physio physios physiotherapist physiotherapy plan planner play podiatrist point"
    " porter porters practice practitioner preceptor prescriber priest probation professional project"
    " psychiatrist psychologist psychology qi quality rabbi radiographer radiographers radiologist"
    " radiology reception receptionist records recovery registered registrar rehab rehabilitation rep"
    " representative researcher resident rmn rn rnld role room rota round runner safeguarding safety scrub"
    " secretary security senior service services sexual shift shifts sho shop sister sitter sn social son"
    " specialist speech spiritual spokesperson sr st1 st3 staff stores student students supervisor"
    " supplies support surgeon surgery surgical switchboard tea team technician technologist the theatre"
    " their therapist therapists therapy this tissue to today trainee trainer training transport treatment"
    " trust tutor twilight unit user ventilation vicar visiting visitor visitors voluntary volunteer"
    " volunteers ward wards weekday weekdays weekend weekends welcome wellbeing who whoever wife"
    " worker workers young youth"
)
_ROLE_ENDINGS = ("ist", "ology", "ician", "grapher", "nurse", "worker", "keeper", "warden")
_TITLE = re.compile(r"^(?:dr|mr|mrs|ms|miss|mx|prof|professor|rev)\.? (?!on\b|in\b|of\b)[^\W\d_]{2,}")
_INITIAL = re.compile(r"\b[A-Z]\. ?[A-Z][a-z]+")
_WORD = re.compile(r"[^\s/&+-]+")
_LETTERS = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*\.?")
_PEOPLE = re.compile(r"[,;/&()+]| - | and | or | with ")
_JOB = re.compile(r"[,;(]| - ")
_LONGEST_NAME = 4
# beside a role, only what is well known as a first name and is no ward, plant or place
_FIRST_NAMES = _words(
    "aaron abdul abigail adam agnieszka ahmed aisha alan alex ali alice alison amanda amina amir amit amy"
    " andrew andy angela anita ann anna anne anthony anwar ayesha barbara ben beth bilal bob brian carol"
    " carole caroline catherine charlotte chen chloe chris christine claire clare colin craig dan daniel"
    " dave david debbie deborah deepak denise diane donna ed elaine elizabeth ella emily emma eric esther"
    " fatima fiona frank gary gemma george gill graham hannah harry hassan helen ian ibrahim imran"
    " ingrid isabel jack jackie jacob james jane janet jason javed jean jen jenny jessica jim jo joan"
    " joanna joe john jon joseph josh joyce julia julie kamal karen kasia kate katie kelly ken kevin"
    " khadija kim krzysztof kwame laura leah lee leila leo li linda lisa liz louise lucy luke maggie maria"
    " marie mark martin mary matt maya meera megan mei michael michelle mike mina mo mohammed muhammad"
    " nadia nasreen natalie neil niamh nick nicola nina nneka ola olga oliver olu omar pam patricia paul"
    " paula peter phil pooja priya rachel raj rajesh rebecca richard rob robert robin ruth ryan sally sam"
    " samantha sandra sanjay sara sarah sean sharon shirley simon siobhan sofia sophie stephen steve sue"
    " sunita susan tariq tendai teresa thomas tim tom tony tracey tracy tunde usha vera victoria vijay wei"
    " wendy will yasmin yusuf zahra zainab zoe"
)


def about_owner(text: str) -> Hint | None:
    """Return a gentle word when an owner looks like a person's name, or is nobody in particular.

    Nothing is said about a role, nor where nothing is written.
    """
    tidied = " ".join(text.replace("’", "'").split())
    if not tidied:
        return None
    if _NOBODYS.fullmatch(re.sub(r"[^\w ]", "", tidied.casefold()).strip()):
        return _NOBODY
    return _NAME if _has_name(tidied) else None


def looks_like_a_name(text: str) -> bool:
    """Say whether an owner looks like a person's name and not like a role."""
    return about_owner(text) is _NAME


def _has_name(text: str) -> bool:
    small = text.casefold()
    if any(one.kind == "name" for one in privacy.find(text)) or _TITLE.match(small) or _INITIAL.search(text):
        return True
    if not any(map(_is_of_a_role, _WORD.findall(text))):
        return any(map(_may_be_a_name, _PEOPLE.split(text)))
    if any(_bare(word) in _FIRST_NAMES for word in _WORD.findall(text)):
        return True
    # a name and then the job: “Chinwe, ward manager”
    first, *job = _JOB.split(text)
    return bool(job) and not any(map(_is_of_a_role, _WORD.findall(first))) and _may_be_a_name(first)


def _bare(word: str) -> str:
    return word.casefold().removesuffix("'s").strip(".,:;()'\"")


def _is_of_a_role(word: str) -> bool:
    """Say whether a word is of a role, a place or a time: a known one, a number, or letters such as OT."""
    bare = _bare(word)
    known = bare in _OF_A_ROLE or bare.removesuffix("s") in _OF_A_ROLE or bare.endswith(_ROLE_ENDINGS)
    letters = word.isupper() and 2 <= len(bare) <= 4 and bare not in _FIRST_NAMES
    return known or letters or any(sign.isdigit() for sign in bare)


def _may_be_a_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= _LONGEST_NAME and all(_LETTERS.fullmatch(word) for word in words)


def load(session: Session) -> dict[str, int]:
    """Return how many changes each owner has that were not let go, spelled as it was first typed."""
    spelled: dict[str, str] = {}
    counts: dict[str, int] = {}
    for initiative in session.initiatives:
        owner = " ".join(initiative.owner.split())
        if owner and initiative.stage != "let go":
            name = spelled.setdefault(owner.casefold(), owner)
            counts[name] = counts.get(name, 0) + 1
    return counts


def too_many(count: int) -> bool:
    """Say whether an owner has more changes than one can well carry; a word, never a block."""
    return count > MOST_CHANGES
