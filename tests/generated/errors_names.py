"""Errors of who and how: another regime, another's name, the opposite judgement, one event told twice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from tests.generated.event import Event
from tests.generated.planting import Desk, Draft, Opportunities, Try
from tests.generated.telling import Manner, Record, Telling

_REGIMES = ("un", "au", "regional", "eu", "bilateral")
_DEPLOYMENTS = ("first_deployment", "inflow", "rotation")


def regime(desk: Desk) -> Opportunities:
    """The same deployment - provider, host, day and number - under another regime."""
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for telling in desk.tellings:
        event = telling.event
        if event.regime and event.has("provider") and event.has("host"):
            known[event.entity("provider"), event.entity("host")].add(event.regime)

    def attempt_for(event: Event) -> Try:
        def attempt(wanted: float) -> Draft | None:
            pair = event.entity("provider"), event.entity("host")
            other = desk.rng.choice([r for r in _REGIMES if r not in known[pair]])
            wrong = replace(event, regime=other, instrument=None, cast=(("provider", pair[0]), ("host", pair[1])))
            right = desk.told(event, precision="day", exact=True, says=("regime",))
            return desk.draft(wrong, right, wanted, ("regime",))

        return attempt

    return Opportunities([attempt_for(e) for e in desk.events(*_DEPLOYMENTS)], graded=False)


def identity(desk: Desk) -> Opportunities:
    """A right name printed as somebody else's, or two papers named as the basis of one deployment."""
    tries: list[Try] = []
    bearers = _bearers(desk)
    for topic in ("total", "extend", "establish", "task", "assessment", "ban", "census", "ceiling"):
        for event in desk.events(topic):
            subject = next((e for r, e in event.cast if r in ("operator", "subject") and e in bearers), None)
            if subject:
                tries.append(_misprinted(desk, event, subject, bearers))
    about = desk.events("founded", "dissolved", "joins", "member", "exists", "chairs")
    moves = desk.events("complete_withdrawal", *_DEPLOYMENTS)
    tries += [_misprinted(desk, e, e.entity("subject"), bearers) for e in about + moves]
    tries += [_misprinted_paper(desk, e) for e in desk.events("signature")]
    tries += [_other_paper(desk, e) for e in desk.events(*_DEPLOYMENTS)]
    return Opportunities(tries, graded=False)


def _bearers(desk: Desk) -> dict[str, list[str]]:
    """Missions and bodies that claims speak of, each with those it may be mistaken for."""
    told = [e for e in desk.referring if desk.register.kind(e) in ("mission", "institution", "armed_group", "military")]
    told = [e for e in told if desk.register.acronym_of(e)]
    hosts = {e.entity("operator"): e.entity("host") for e in desk.events("establish", "extend")}
    hosts |= {e.entity("subject"): e.entity("host") for e in desk.events(*_DEPLOYMENTS)}
    rivals: dict[str, list[str]] = {}
    for one in sorted(told):
        kind = desk.register.kind(one)
        alike = [o for o in sorted(told) if o != one and desk.register.kind(o) == kind]
        near = [o for o in alike if hosts.get(o) == hosts.get(one)]
        rivals[one] = near if near and kind in ("mission", "military") else alike
    return {one: others for one, others in rivals.items() if others}


def _printed(telling: Telling, entity: str) -> str:
    """How a telling names an entity."""
    cast = [e for r, e in telling.event.cast if r not in telling.manner.leave_out]
    index = cast.index(entity)
    actor: dict[str, Any] = telling.record["actors"][index]
    return str(actor.get("as_printed") or actor["name"])


def _misprinted(desk: Desk, event: Event, right_one: str, bearers: dict[str, list[str]]) -> Try:
    def attempt(wanted: float) -> Draft | None:
        if right_one not in bearers:
            return None
        other = desk.rng.choice(bearers[right_one])
        using = [t for t in desk.referring[other] if other in [e for _, e in t.event.cast] and not t.manner.planned]
        if not using:
            return None
        printed = _printed(desk.rng.choice(using), other)
        # The new source may have told of the bearer elsewhere: the slip is in this sentence only.
        draft = desk.draft(event, desk.told(event) or using[:1], wanted, ("identity",), manner=Manner())
        if draft is None:
            return None
        index = [e for _, e in event.cast].index(right_one)
        draft.record["actors"][index]["as_printed"] = printed
        return replace(draft, right=desk.ids_of(using))

    return attempt


def _misprinted_paper(desk: Desk, event: Event) -> Try:
    def attempt(wanted: float) -> Draft | None:
        assert event.instrument
        parties = {e for _, e in event.cast}
        others = [
            p.instrument
            for p in desk.events("signature")
            if p.instrument and p.instrument != event.instrument and parties & {e for _, e in p.cast}
        ]
        if not others:
            return None
        other = desk.rng.choice(others)
        using = [t for t in desk.referring[other] if not t.manner.planned]
        draft = desk.draft(event, using, wanted, ("identity",), manner=Manner())
        if draft:
            paper: Record = draft.record["instrument"]
            paper["as_printed"] = desk.rng.choice([desk.register.name(other), *desk.register.other_names(other)])
        return draft

    return attempt


def _other_paper(desk: Desk, event: Event) -> Try:
    def attempt(wanted: float) -> Draft | None:
        right = desk.told(event, precision="day", says=("instrument",))
        host = event.entity("host")
        papers = [
            p.instrument
            for p in desk.events("signature", "establish", "extend")
            if p.instrument not in (None, event.instrument) and host in [e for _, e in p.cast] and p.day < event.day
        ]
        if not right or not papers:
            return None
        wrong = replace(event, instrument=desk.rng.choice(papers), count=event.count)
        return desk.draft(wrong, right, wanted, ("identity",))

    return attempt


def outcome(desk: Desk) -> Opportunities:
    """The opposite judgement by another holder; a coup told as a failed attempt."""
    opposite = {"positive": "negative", "negative": "positive"}

    def judged(event: Event) -> Try:
        def attempt(wanted: float) -> Draft | None:
            polarity = opposite[event.slots["polarity"]]
            says = f"{desk.world.name(event.entity('subject'))}: {polarity} as to {event.slots['aspect']}."
            wrong = replace(event, slots=dict(event.slots) | {"polarity": polarity}, says=says)
            return desk.draft(wrong, desk.told(event), wanted, ("outcome",))

        return attempt

    def attempted(coup: Event) -> Try:
        def attempt(wanted: float) -> Draft | None:
            state = coup.entity("target")
            wrong = replace(
                coup,
                topic="attempt",
                type="political_event",
                cast=(("subject", state),),
                slots={"event": "failed attempt to seize power"},
                says=f"An attempt to seize power in {desk.world.name(state)} failed.",
            )
            right = desk.told(coup, precision="day") + desk.told(coup, precision="month")
            manner = Manner(precision=desk.rng.choice(("day", "month")))
            return desk.draft(wrong, right, wanted, ("outcome",), manner=manner)

        return attempt

    tries = [judged(e) for e in desk.events("assessment")] + [attempted(e) for e in desk.events("coup")]
    return Opportunities(tries, graded=False)


def duplicate(desk: Desk) -> Opportunities:
    """The same source tells the same event again, further down and with less detail."""

    def attempt_for(telling: Telling) -> Try:
        used: list[bool] = []

        def attempt(wanted: float) -> Draft | None:
            if used:
                return None
            record = telling.record
            dropped = {"place", "regime", "attributed_to"}
            if telling.event.type == "deployment":
                dropped.add("instrument")
            again = {k: v for k, v in record.items() if k not in dropped}
            kept = {k: v for k, v in record.get("slots", {}).items() if k in ("stage", "personnel", "rotation")}
            again.pop("slots", None)
            if kept:
                again["slots"] = kept
            if telling.event.type == "agreement":
                again["slots"] = {"stage": "signed"}
            if again.get("modality") == "reported":
                again["modality"] = "asserted"
            if len(str(again)) >= len(str(record)):  # nothing to leave out but the number
                again.pop("quantity", None)
            if len(str(again)) >= len(str(record)):
                return None
            used.append(True)
            outlet = next(o for o in desk.outlets if o.id == telling.source)
            again |= {"locator": outlet.next_paragraph(desk.rng), "says": f"Again: {record['says']}"}
            return Draft(again, desk.ids_of([telling]), wanted, ("duplicate",))

        return attempt

    told = [t for e in desk.events("visit", "signature", *_DEPLOYMENTS) for t in desk.told(e)]
    return Opportunities([attempt_for(t) for t in told], graded=False)
