"""The frozen models of a session: what the file holds, field by field.

The names are a contract with every program that reads the file. All models are strict and frozen,
keep keys they do not know, and write nothing that is empty.
"""

from datetime import date, datetime
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from promote_tui.session.fields import (
    MOST_ITEMS,
    CandidateId,
    Count,
    Feeling,
    GroupId,
    IdeaId,
    InitiativeId,
    Minutes,
    Name,
    Number,
    ParkedId,
    ResistanceId,
    Revision,
    StepId,
    StoryId,
    Text,
    Tie,
    UUIDText,
    a_list,
    to_the_second,
)

FORMAT = "promote-session"
VERSION = 1

Stage = Literal["choose", "map", "ideas", "own", "review"]
Voice = Literal["patient", "carer", "staff"]
Sharing = Literal["own words agreed", "paraphrased", "composite", "already public"]
Phase = Literal["welcome", "stay", "goodbye"]
Value = Literal["adds", "needed", "removable"]
Kind = Literal["stop", "start", "continue"]
Because = Literal["another process", "an exception", "for later"]
Progress = Literal["planned", "trying", "runner", "scaling", "let go"]
Decision = Literal["ready", "fine tune", "let go"]
Basis = Literal["content as is", "unconvinced", "unable", "leadership"]
Horizon = Literal["three_days", "three_weeks", "three_months"]
Rating = Literal["red", "amber", "green"]
Better = Literal["up", "down"]

VOICES: tuple[Voice, ...] = get_args(Voice)
KINDS: tuple[Kind, ...] = get_args(Kind)
HORIZONS: tuple[Horizon, ...] = get_args(Horizon)
RATINGS: tuple[Rating, ...] = get_args(Rating)


class Entry(BaseModel):
    """A part of a session file: frozen, strict, and keeping the keys it does not know."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="allow", populate_by_name=True, hide_input_in_errors=True
    )


class PerVoice(Entry):
    """A number for each voice group: people in the room, or hands in a vote."""

    patient: Count = 0
    carer: Count = 0
    staff: Count = 0


class Process(Entry):
    """The one process that the room has chosen to improve."""

    name: Text = ""
    purpose: Text = ""
    starts_with: Text = ""
    ends_with: Text = ""
    phase: Phase | None = None
    chosen_because: Text = ""
    candidate: Tie | None = None


class Candidate(Entry):
    """A process that was considered."""

    id: CandidateId
    name: Name
    note: Text = ""
    votes: PerVoice = PerVoice()


class Story(Entry):
    """What one person told, kept under the group it came from and never under a name."""

    id: StoryId
    voice: Voice
    text: Name
    feeling: Feeling | None = None
    sharing: Sharing | None = None
    candidates: tuple[Tie, ...] = a_list()
    source: Text = ""
    inbox: Text = ""
    """The id of the inbox entry that it was taken from."""
    carried: Tie | None = None
    """Its id among what was parked in the session that this one follows."""


class Step(Entry):
    """One step of the process as it happens most of the time."""

    id: StepId
    title: Name
    who: Text = ""
    minutes: Minutes | None = None
    usual: bool = True
    value: Value | None = None
    best_we_can: bool | None = None
    feeling: Feeling | None = None
    smallest_change: Text = ""
    reflection: Text = ""
    stories: tuple[Tie, ...] = a_list()
    was: Tie | None = None
    """On the to-be map: the step of today that it started as."""


class Idea(Entry):
    """A simple change: something to stop, to start or to continue."""

    id: IdeaId
    kind: Kind
    text: Name
    step: Tie | None = None
    stories: tuple[Tie, ...] = a_list()
    voice: Voice | None = None
    votes: PerVoice = PerVoice()
    smallest: bool = False
    group: Tie | None = None


class Group(Entry):
    """Ideas that belong together."""

    id: GroupId
    name: Name


class Parked(Entry):
    """Something worth keeping that does not belong to this process now."""

    id: ParkedId
    text: Name
    from_stage: Stage | None = Field(default=None, validation_alias="from", serialization_alias="from")
    because: Because | None = None
    voice: Voice | None = None
    """Whose story it was, if it was one."""
    kind: Kind | None = None
    """The column it stood in, if it was an idea."""
    became: Tie | None = None
    """The id of the session that was made from it."""
    inbox: Text = ""
    carried: Tie | None = None
    """Its id in the session that this one follows."""


class Measure(Entry):
    """What is counted to see whether the change makes a difference."""

    name: Text = ""
    unit: Text = ""
    better: Better | None = None
    baseline: Number | None = None
    target: Number | None = None


class Goal(Entry):
    """What is to be done by one horizon, and when that is."""

    goal: Text = ""
    due_on: date | None = None


class Plan(Entry):
    """The 3-3-3 plan: 3 days, 3 weeks, 3 months."""

    three_days: Goal = Goal()
    three_weeks: Goal = Goal()
    three_months: Goal = Goal()


class Resistance(Entry):
    """An objection, read as energy: what it rests on, what it protects, what it changes."""

    id: ResistanceId
    voice: Voice | None = None
    says: Name
    basis: Basis | None = None
    protects: Text = ""
    harness: Text = ""
    changes_plan: Text = ""


class Checkin(Entry):
    """What had become of an initiative at one horizon."""

    horizon: Horizon
    held_on: date
    happened: Text = ""
    value: Number | None = None
    expected_good: Text = ""
    unexpected_good: Text = ""
    trade_offs: Text = ""
    unexpected_bad: Text = ""
    challenges: Text = ""
    advice: Text = ""
    changes_plan: Text = ""
    """The condition that an unpleasant surprise adds to the plan."""
    runner: bool | None = None
    """Whether it is a runner, against the outcome that was set; asked after 3 months."""
    pilot: Text = ""
    """Which pilot would test that a runner can be scaled up."""


class Dissent(Entry):
    """A voice group that sees a part differently."""

    voice: Voice
    rating: Rating | None = None
    says: Text = ""


class Part(Entry):
    """One part of an initiative under review, with the observation behind its rating."""

    name: Name
    rating: Rating | None = None
    evidence: Text = ""
    exception: Text = ""
    """Why it is green although nothing was seen."""
    fine_tune: Text = ""
    fine_tune_by: date | None = None
    fine_tuned_on: date | None = None
    """The day on which the fine tuning was said to be done."""
    condition: Text = ""
    """The condition of the plan that this part stands for, as it was said then."""
    dissent: tuple[Dissent, ...] = a_list()


class Review(Entry):
    """A red, amber, green review of an initiative on one day."""

    held_on: date
    parts: tuple[Part, ...] = a_list()


class Initiative(Entry):
    """One or more ideas with an owner, a plan, and what became of them."""

    id: InitiativeId
    ideas: tuple[Tie, ...] = Field(min_length=1, max_length=MOST_ITEMS)
    owner: Text = ""
    buddy: Text = ""
    success: Text = ""
    if_then: Text = ""
    started_on: date | None = None
    stage: Progress = "planned"
    decision: Decision | None = None
    decision_because: Text = ""
    learnt: Text = ""
    measure: Measure = Measure()
    plan: Plan = Plan()
    resistance: tuple[Resistance, ...] = a_list()
    checkins: tuple[Checkin, ...] = a_list()
    reviews: tuple[Review, ...] = a_list()
    carried: Tie | None = None
    """Its id in the session that this one follows."""


class Agenda(Entry):
    """The time the session is to take, and the time it took so far."""

    minutes: Minutes | None = None
    """How long the whole session is planned to be: 15, 60 and 90 are usual."""
    since: datetime | None = None
    """When the clock of the stage in view was started; absent while it stands still."""
    spent: dict[Stage, Annotated[int, Field(ge=0, le=999_999)]] = {}
    """Seconds that each stage had before ``since``."""


class Closing(Entry):
    """The sustaining questions, asked at the end and shown again at the next review."""

    attached: Text = ""
    hard_to_change: Text = ""


class Earlier(Entry):
    """The session that this one carries on from or takes a change over from, as it was then."""

    title: Text = ""
    team: Text = ""
    held_on: date | None = None
    attached: Text = ""
    """Its answers to the sustaining questions."""
    hard_to_change: Text = ""
    present: PerVoice = PerVoice()
    """Who was in the room: what was told there is shown so that nobody who was alone there stands out."""
    done: tuple[Text, ...] = a_list()
    """What became of its changes that are not open any more; or, line by line, of the one tried here."""


class Session(Entry):
    """One PROMOTE session: everything that one file holds."""

    format: Literal["promote-session"]
    version: int = Field(ge=1)
    id: UUIDText
    revision: Revision = 0
    """Goes up with each change; of several files of one session the highest is the newest."""
    title: Name
    team: Text = ""
    facilitator: Text = ""
    held_on: date | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    stage: Stage = "choose"
    follows: Tie | None = None
    scales: Tie | None = None
    """The id of the session whose runner this one tries in another place."""
    earlier: Earlier = Earlier()
    present: PerVoice = PerVoice()
    dots: Count = 0
    """Votes that each person has in a room vote; 0 when nobody set a number."""
    agenda: Agenda = Agenda()
    process: Process = Process()
    candidates: tuple[Candidate, ...] = a_list()
    stories: tuple[Story, ...] = a_list()
    steps: tuple[Step, ...] = a_list()
    future_steps: tuple[Step, ...] = a_list()
    ideas: tuple[Idea, ...] = a_list()
    groups: tuple[Group, ...] = a_list()
    parked: tuple[Parked, ...] = a_list()
    left_out: tuple[Text, ...] = a_list()
    """Ids of entries of the inbox that the room did not want."""
    initiatives: tuple[Initiative, ...] = a_list()
    closing: Closing = Closing()
    last_used: dict[str, Annotated[int, Field(ge=0, le=999_999_999)]] = {}


def new_session(*, id: str, title: str, now: datetime, today: date, team: str = "") -> Session:
    """Return an empty session held on ``today``; ``now`` carries its time zone."""
    now = to_the_second(now)
    return Session(
        format="promote-session",
        version=VERSION,
        id=id,
        revision=1,
        title=title,
        team=team,
        held_on=today,
        created_at=now,
        updated_at=now,
    )
