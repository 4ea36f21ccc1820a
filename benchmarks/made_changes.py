"""Made-up changes: an owner, a plan, check-ins, reviews, and what became of them up to a day."""

from datetime import date
from typing import Any

from made_words import SAID, VOICES, WORDS, Chance
from promote_tui.session.parts import DEFAULT_PARTS
from promote_tui.session.schedule import HORIZONS, due_on

Document = dict[str, Any]
"""A part of a session file, keys in the order of the format; what is empty or None is not written."""


class Changes(Chance):
    """Makes changes and lets time pass for them."""

    def changes(self, ideas: list[Document], held_on: date) -> list[Document]:
        """Return up to five changes as they are on day 0."""
        count = self.chance.choices(range(6), (5, 20, 30, 25, 13, 7))[0]
        return [
            self.change(f"initiative-{number}", [idea["id"]], held_on)
            for number, idea in enumerate(ideas[:count], 1)
        ]

    def change(self, id: str, ideas: list[str], held_on: date) -> Document:
        """Return a change with an owner and a plan."""
        started_on, objections = self.days_after(held_on, 0, 6), self.chance.choices((0, 1, 2), (4, 4, 2))[0]
        better, baseline = self.chance.choice(("up", "down")), self.chance.randint(2, 12)
        is_counted = self.is_so(0.8)
        return {
            "id": id,
            "ideas": ideas,
            "owner": self.some(WORDS["roles"]) if self.is_so(0.95) else "",
            "buddy": self.some(WORDS["roles"]) if self.is_so(0.6) else "",
            "success": self.say(SAID["successes"]),
            "if_then": self.maybe(0.7, SAID["if_thens"]),
            "started_on": started_on if self.is_so(0.95) else None,
            "stage": None,
            "decision": None,
            "decision_because": None,
            "learnt": None,
            "measure": {
                "name": self.say(SAID["measures"]),
                "unit": self.some(WORDS["unit"]),
                "better": better,
                "baseline": baseline,
                "target": baseline + self.chance.randint(2, 9) if better == "up" else baseline // 2,
            }
            if is_counted
            else {},
            "plan": {
                horizon: {"goal": self.say(SAID["goals"]), "due_on": due_on(started_on, horizon)}
                for horizon in HORIZONS
            },
            "resistance": [self.objection(number) for number in range(objections)],
            "checkins": [],
            "reviews": [],
            "carried": None,
        }

    def objection(self, number: int) -> Document:
        """Return an objection, read as energy."""
        return {
            "id": f"resistance-{self.chance.randrange(10**8) * 10 + number}",
            "voice": self.chance.choice(VOICES),
            "says": self.say(SAID["objections"]),
            "basis": self.chance.choice(("content as is", "unconvinced", "unable", "leadership")),
            "protects": self.say(SAID["protects"]),
            "harness": self.say(SAID["harnesses"]),
            "changes_plan": self.maybe(0.5, SAID["conditions"]),
        }

    def develop(self, change: Document, until: date) -> None:
        """Let time pass for a change: check-ins, reviews and what the room decides."""
        if not change["started_on"] or change["started_on"] > until:
            return
        change["stage"] = "trying"
        held = [one["horizon"] for one in change["checkins"]]
        after = max((HORIZONS.index(one) + 1 for one in held), default=0)
        for horizon in HORIZONS[after:]:
            day = self.days_after(due_on(change["started_on"], horizon), 0, 4)
            if day > until or self.is_so(0.2):
                continue
            change["checkins"].append(self.checkin(change, horizon, day))
            if horizon != "three_days" and self.is_so(0.75):
                change["reviews"].append(self.review(change, day, until))
        if change["checkins"] and change["checkins"][-1]["horizon"] == "three_months":
            self.decide(
                change, self.chance.choices(("ready", "fine tune", "let go", None), (35, 30, 25, 10))[0]
            )
        elif self.is_so(0.08):
            self.decide(change, "let go")

    def decide(self, change: Document, decision: str | None) -> None:
        """Say the room's word on a change."""
        change["decision"] = decision
        change["decision_because"] = self.say(SAID["becauses"]) if decision else None
        if decision == "let go":
            change["stage"], change["learnt"] = "let go", self.maybe(0.85, SAID["learnt"], 1, 2)
        elif decision == "ready":
            change["stage"] = "scaling" if self.is_so(0.2) else "runner"

    def checkin(self, change: Document, horizon: str, day: date) -> Document:
        """Return what had become of a change by a horizon."""
        measure = change["measure"]
        return {
            "horizon": horizon,
            "held_on": day,
            "happened": self.say(SAID["happened"], 1, 2),
            "value": max(0, measure["baseline"] + self.chance.randint(-4, 8))
            if measure and self.is_so(0.85)
            else None,
            "expected_good": self.maybe(0.5, SAID["surprises"]),
            "unexpected_good": self.maybe(0.4, SAID["surprises"]),
            "trade_offs": self.maybe(0.3, SAID["surprises"]),
            "unexpected_bad": self.maybe(0.3, SAID["surprises"]),
            "challenges": self.maybe(0.4, SAID["surprises"]),
            "advice": self.maybe(0.4, SAID["advice"]),
        }

    def review(self, change: Document, day: date, until: date) -> Document:
        """Return a review of the usual parts, and of the conditions that resistance added."""
        conditions = list(
            dict.fromkeys(one["changes_plan"] for one in change["resistance"] if one["changes_plan"])
        )
        parts = [self.part(name, "", day, until) for name in DEFAULT_PARTS]
        return {"held_on": day, "parts": parts + [self.part(name, name, day, until) for name in conditions]}

    def part(self, name: str, condition: str, day: date, until: date) -> Document:
        """Return a rated part, with fine tuning when it is not green."""
        rating = self.chance.choices(("red", "amber", "green", None), (10, 28, 55, 7))[0]
        tunes = rating in ("red", "amber") and self.is_so(0.7)
        by = self.days_after(day, 7, 28)
        return {
            "name": name,
            "rating": rating,
            "evidence": self.maybe(0.85, SAID["evidence"]) if rating else "",
            "fine_tune": self.say(SAID["tunings"]) if tunes else "",
            "fine_tune_by": by if tunes else None,
            "fine_tuned_on": by if tunes and by < until and self.is_so(0.7) else None,
            "condition": condition,
        }
