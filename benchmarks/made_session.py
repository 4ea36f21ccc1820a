"""Made-up sessions of one line: a team, a process, and what became of its changes up to a day."""

import random
import uuid
from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta

from made_changes import Changes, Document
from made_words import ENDINGS, PROCESSES, SAID, VOICES, WORDS

YEARS = 5


class Line(Changes):
    """Makes the sessions of one line, each of which carries on from the one before."""

    def __init__(self, chance: random.Random, today: date) -> None:
        super().__init__(chance)
        self.today = today
        self.team = chance.choice(WORDS["teams"])
        self.phase = chance.choices(("welcome", "stay", "goodbye"), (3, 6, 2))[0]
        self.process = self.some(PROCESSES[self.phase])

    def sessions(self, length: int) -> list[Document]:
        """Return the documents of the line, oldest first."""
        gaps = [timedelta(days=self.chance.randint(60, 160)) for _ in range(length - 1)]
        days = [self.today - timedelta(days=self.chance.randrange(YEARS * 365))]
        for gap in gaps:
            days.append(days[-1] - gap)
        made: list[Document] = []
        for held_on, until in zip(reversed(days), [*reversed(days[:-1]), self.today], strict=True):
            made.append(self.session(held_on, until, made[-1] if made else None))
        return made

    def session(self, held_on: date, until: date, before: Document | None) -> Document:
        """Return a session held on a day, as it is on the day ``until``."""
        chance = self.chance
        stage = chance.choices(("choose", "map", "ideas", "own", "review"), (2, 3, 4, 11, 80))[0]
        candidates = [
            {"id": f"candidate-{number}", "name": name, "votes": self.hands(4, 2, 6)}
            for number, name in enumerate([self.process, *self.others()], 1)
        ]
        stories = [self.story(number) for number in range(1, chance.randint(13, 22))]
        steps = (
            []
            if stage == "choose"
            else [self.step(number, stories) for number in range(1, chance.randint(7, 13))]
        )
        is_late = stage not in ("choose", "map")
        ideas = [self.idea(number, steps) for number in range(1, chance.randint(7, 15))] if is_late else []
        changes = self.changes(ideas, held_on) if stage in ("own", "review") else []
        if before:
            self.bring(before, ideas, changes)
        for change in changes:
            self.develop(change, until)
        parked = [
            {
                "id": f"parked-{number}",
                "text": self.say(SAID["parked"]),
                "from": chance.choice(("choose", "map", "ideas")),
                "because": chance.choice(("another process", "an exception", "for later")),
            }
            for number in range(1, chance.randint(1, 4))
        ]
        groups = [{"id": "group-1", "name": self.say(SAID["groups"])}] if is_late and self.is_so(0.3) else []
        title = f"{self.process} on {self.team}" if self.is_so(0.6) else self.process
        title = (
            chance.choice(WORDS["titles_now_and_then"]) if self.is_so(0.02) else title + self.some(ENDINGS)
        )
        began = datetime.combine(
            held_on, time(chance.choice((9, 10, 13, 14)), chance.randrange(0, 60, 5)), UTC
        )
        return {
            "format": "promote-session",
            "version": 1,
            "id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            "revision": chance.randint(40, 400),
            "title": title,
            "team": self.team,
            "facilitator": self.some(WORDS["roles"]),
            "held_on": held_on,
            "created_at": began,
            "updated_at": datetime.combine(
                max([held_on, *map(_newest, changes)]), time(16, chance.randrange(60)), UTC
            ),
            "stage": stage if stage != "choose" else None,
            "follows": before and before["id"],
            "earlier": before and _earlier(before),
            "present": self.hands(5, 3, 8),
            "process": {
                "name": self.process,
                "purpose": self.say(SAID["purposes"]),
                "starts_with": self.say(SAID["steps"]),
                "ends_with": self.say(SAID["steps"]),
                "phase": self.phase,
                "chosen_because": self.say(SAID["chosen"], 1, 2),
                "candidate": "candidate-1",
            }
            if stage != "choose"
            else {},
            "candidates": candidates,
            "stories": stories,
            "steps": steps,
            "ideas": ideas,
            "groups": groups,
            "parked": parked,
            "initiatives": changes,
            "closing": {"attached": self.say(SAID["closings"]), "hard_to_change": self.say(SAID["closings"])}
            if stage == "review"
            else {},
            "last_used": {
                name: len(items)
                for name, items in (
                    ("story", stories),
                    ("candidate", candidates),
                    ("parked", parked),
                    ("step", steps),
                    ("idea", ideas),
                    ("group", groups),
                    ("initiative", changes),
                )
                if items
            },
        }

    def others(self) -> list[str]:
        """Return processes that were considered and not chosen."""
        return self.chance.sample(PROCESSES[self.phase], self.chance.randint(1, 4))

    def story(self, number: int) -> Document:
        """Return what one person told."""
        voice = self.chance.choices(VOICES, (5, 2, 4))[0]
        return {
            "id": f"story-{number}",
            "voice": voice,
            "text": self.say(SAID[voice], 2, 7),
            "feeling": self.chance.choice((-2, -1, -1, 0, 1, 2)),
            "sharing": self.chance.choice(("own words agreed", "paraphrased", "composite")),
        }

    def step(self, number: int, stories: list[Document]) -> Document:
        """Return a step of the map."""
        return {
            "id": f"step-{number}",
            "title": self.say(SAID["steps"]),
            "who": self.some(WORDS["roles"]),
            "minutes": self.chance.choice((2, 5, 10, 15, 20, 30, 45)),
            "usual": False if self.is_so(0.08) else None,
            "value": self.chance.choice(("adds", "needed", "needed", "removable")),
            "best_we_can": self.is_so(0.3),
            "feeling": self.chance.randint(-2, 2),
            "smallest_change": self.maybe(0.8, SAID["changes"]),
            "reflection": self.maybe(0.5, SAID["reflections"]),
            "stories": [self.chance.choice(stories)["id"]] if self.is_so(0.4) else [],
        }

    def idea(self, number: int, steps: list[Document]) -> Document:
        """Return something to stop, to start or to continue."""
        kind = self.chance.choices(("start", "stop", "continue"), (5, 3, 2))[0]
        return {
            "id": f"idea-{number}",
            "kind": kind,
            "text": self.say(SAID[kind]),
            "step": self.chance.choice(steps)["id"] if self.is_so(0.7) else None,
            "voice": self.chance.choice(VOICES),
            "votes": self.hands(4, 2, 6),
            "smallest": True if self.is_so(0.2) else None,
        }

    def bring(self, before: Document, ideas: list[Document], changes: list[Document]) -> None:
        """Carry the open changes of an earlier session on, with their ideas."""
        known = {idea["id"]: idea for idea in before["ideas"]}
        for old in filter(_is_open, before["initiatives"]):
            idea = {**known[old["ideas"][0]], "id": f"idea-{len(ideas) + 1}", "step": None}
            ideas.append(idea)
            new = {"id": f"initiative-{len(changes) + 1}", "ideas": [idea["id"]], "carried": old["id"]}
            changes.append(deepcopy(old) | new)


def _is_open(change: Document) -> bool:
    return change["stage"] != "let go" and change["decision"] != "ready"


def _newest(change: Document) -> date:
    """Return the day on which something was last said about a change."""
    days: list[date] = [one["held_on"] for one in change["checkins"]]
    return max(days, default=date.min)


def _earlier(before: Document) -> Document:
    """Return what a session keeps of the one that it carries on from."""
    closing = before["closing"]
    return {
        "title": before["title"],
        "team": before["team"],
        "held_on": before["held_on"],
        "attached": closing.get("attached"),
        "hard_to_change": closing.get("hard_to_change"),
        "present": before["present"],
        "done": [one["learnt"] for one in before["initiatives"] if one["learnt"]],
    }
