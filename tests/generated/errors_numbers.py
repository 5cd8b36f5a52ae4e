"""Errors in numbers: other values, the wrong scope or measure, sums that do not add up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from tests.generated.event import Event
from tests.generated.planting import Desk, Draft, Opportunities, Try
from tests.generated.telling import Manner, Telling

_STOCKS = ("census", "stock_after", "total", "worldwide")
_FLOWS = ("first_deployment", "inflow", "outflow", "rotation", "complete_withdrawal", "cohort", "intake", "attack")


def _numbered(event: Event, number: int, **changes: object) -> Event:
    assert event.count
    return replace(event, count=replace(event.count, number=number), **changes)  # type: ignore[arg-type]


def _away(number: int, share: float, *, up: bool) -> int:
    """The number whose relative difference |a-b|/max(a,b) from `number` is `share`."""
    return round(number / (1 - share)) if up else round(number * (1 - share))


def _apart(a: int, b: int) -> float:
    return abs(a - b) / max(a, b)


def value(desk: Desk) -> Opportunities:
    """Another number for the same stock, flow or count of one day; another rank in the same month."""
    tries: list[Try] = []

    def number(event: Event, threshold: float) -> Try:
        def attempt(wanted: float) -> Draft | None:
            assert event.count
            right = desk.told(event, precision="day", exact=True)
            approx = desk.rng.random() < 0.15
            limit = 0.15 if approx else threshold
            told = _away(event.count.number, min(0.6, limit * wanted), up=desk.rng.random() < 0.5)
            magnitude = _apart(told, event.count.number) / limit
            if (magnitude >= 1) != (wanted >= 1) or told == event.count.number or desk.resembles_another(event, told):
                return None
            wrong = _numbered(event, told)
            changed = {"quantity": {"value": told, "unit": event.count.unit, "measure": event.count.measure}}
            if approx:
                changed["quantity"]["approx"] = True
            return desk.draft(wrong, right, magnitude, ("value",), changed=changed)

        return attempt

    def rank(event: Event) -> Try:
        def attempt(_: float) -> Draft | None:
            assert event.count
            told = desk.rng.choice([r for r in (1, 2, 3, 4, 5) if r != event.count.number])
            return desk.draft(_numbered(event, told), desk.told(event), 2.0, ("value",))

        return attempt

    tries += [number(e, 0.10) for e in desk.events(*_STOCKS)]
    tries += [number(e, 0.05) for e in desk.events(*_FLOWS) if e.count and e.count.number >= 60]
    tries += [rank(e) for e in desk.events("rank")]
    return Opportunities(tries)


def _same_day(desk: Desk) -> dict[tuple[str, str, date], dict[str, Event]]:
    """Contingents' and missions' stocks of one day, by personnel."""
    pairs: dict[tuple[str, str, date], dict[str, Event]] = defaultdict(dict)
    for event in desk.events("census", "total"):
        who = event.facts["force"] if event.topic == "census" else event.entity("operator")
        pairs[event.topic, who, event.day][event.facts["personnel"]] = event
    return pairs


def scope(desk: Desk) -> Opportunities:
    """The number of one scope told under another, or more troops than uniformed people."""
    tries: list[Try] = []
    for told in _same_day(desk).values():
        if len(told) == 2:
            tries += [
                _misfiled(desk, told["troops"], told["all_uniformed"]),
                _misfiled(desk, told["all_uniformed"], told["troops"]),
            ]
        if "all_uniformed" in told:
            alone = len(told) == 1
            tries += [_more_troops(desk, told["all_uniformed"], alone=alone)] * (3 if alone else 1)
    worldwide = {(e.entity("provider"), e.day): e for e in desk.events("worldwide")}
    for event in desk.events("census"):
        everywhere = worldwide.get((event.entity("provider"), event.day))
        if everywhere and event.facts["personnel"] == "troops":
            tries += [_misfiled(desk, event, everywhere), _misfiled(desk, everywhere, event)]
    return Opportunities(tries)


def _misfiled(desk: Desk, source: Event, wrongly: Event) -> Try:
    """The number of `source` told as if it were that of `wrongly`."""

    def attempt(_: float) -> Draft | None:
        assert source.count
        assert wrongly.count
        here = desk.told(source, precision="day", exact=True)
        there = desk.told(wrongly, precision="day", exact=True)
        if not here or not there or _apart(source.count.number, wrongly.count.number) <= 0.12:
            return None
        return desk.draft(_numbered(wrongly, source.count.number), here + there, 2.0, ("scope", "value"))

    return attempt


def _more_troops(desk: Desk, uniformed: Event, *, alone: bool) -> Try:
    def attempt(wanted: float) -> Draft | None:
        assert uniformed.count
        if wanted < 1 and not alone:
            return None  # below this threshold it would still be far from the troops that others claim
        troops = _away(uniformed.count.number, 0.10 * wanted, up=True)
        magnitude = _apart(troops, uniformed.count.number) / 0.10
        right = desk.told(uniformed, precision="day", exact=True)
        slots = dict(uniformed.slots) | {"personnel": "troops"}
        key = uniformed.key.replace("all_uniformed", "troops")
        says = uniformed.says.replace("all_uniformed", "troops")
        wrong = _numbered(uniformed, troops, slots=slots, key=key, says=says)
        return desk.draft(wrong, right, magnitude, ("scope", "value"))

    return attempt


def measure(desk: Desk) -> Opportunities:
    """The size of an inflow told as the force's stock, beside a claimed stock of the following weeks."""
    tries: list[Try] = []
    stocks: dict[str, list[Event]] = defaultdict(list)
    for event in desk.events("stock_after"):
        stocks[event.facts["force"]].append(event)
    for flow in desk.events("inflow", "rotation"):
        soon = [s for s in stocks[flow.facts["force"]] if 0 <= (s.day - flow.day).days <= 28]
        tries += [_flow_as_stock(desk, flow, stock) for stock in soon]
    return Opportunities(tries, graded=False)


def _flow_as_stock(desk: Desk, flow: Event, stock: Event) -> Try:
    def attempt(wanted: float) -> Draft | None:
        assert flow.count
        assert stock.count
        right = desk.told(stock, precision="day", exact=True)
        arrived = desk.told(flow, exact=True)
        # a number that nobody tells of the arrival cannot be recognised as the arrival's
        if not right or not arrived or flow.count.number > stock.count.number * 0.88:
            return None
        day = flow.day + timedelta(desk.rng.randint(1, (stock.day - flow.day).days))
        wrong = _numbered(stock, flow.count.number, day=day)
        return desk.draft(wrong, right + arrived, wanted, ("measure", "value"))

    return attempt


def arithmetic(desk: Desk) -> Opportunities:
    """Totals below the sum of their claimed parts, and a part above its total."""
    return Opportunities(_trained(desk) + _missions(desk) + _tolls(desk))


def _trained(desk: Desk) -> list[Try]:
    cohorts: dict[str, dict[int, Event]] = defaultdict(dict)
    totals: dict[tuple[str, int], Event] = {}
    for event in desk.events("cohort"):
        cohorts[event.facts["programme"]][event.facts["cohort"]] = event
    for event in desk.events("trained_total"):
        totals[event.facts["programme"], event.facts["cohort"]] = event
    return [
        _too_few_trained(desk, cohorts[programme], number, total) for (programme, number), total in totals.items()
    ] * 2


def _too_few_trained(desk: Desk, cohorts: dict[int, Event], number: int, total: Event) -> Try:
    def attempt(wanted: float) -> Draft | None:
        parts = [desk.told(cohorts[n], exact=True) for n in range(1, number + 1) if n in cohorts]
        parts = [tellings for tellings in parts if tellings]
        if len(parts) < 2:
            return None
        whole = sum(tellings[0].event.count.number for tellings in parts if tellings[0].event.count)
        told = round(whole * (1 - min(0.05 * wanted, 0.5)))
        magnitude = (whole - told) / whole / 0.05
        right: list[Telling] = [t for tellings in parts for t in tellings]
        right += desk.told(total, precision="day", exact=True)
        # a source may have told single cohorts and still be wrong about their sum, so cohorts' sources stay out too
        return desk.draft(_numbered(total, told), right, magnitude, ("arithmetic", "value"))

    return attempt


def _missions(desk: Desk) -> list[Try]:
    parts: dict[tuple[str, date, str], list[Event]] = defaultdict(list)
    for event in desk.events("census"):
        if event.has("operator"):
            parts[event.entity("operator"), event.day, event.facts["personnel"]].append(event)

    def attempt_for(total: Event) -> Try:
        def attempt(wanted: float) -> Draft | None:
            claimed = parts[total.entity("operator"), total.day, total.facts["personnel"]]
            told = [desk.told(e, precision="day", exact=True, says=("operator",)) for e in claimed]
            told = [t for t in told if t]
            if len(told) < 2:
                return None
            whole = sum(t[0].event.count.number for t in told if t[0].event.count)
            number = round(whole * (1 - min(0.05 * wanted, 0.5)))
            magnitude = (whole - number) / whole / 0.05
            right = [t for tellings in told for t in tellings] + desk.told(total, precision="day", exact=True)
            return desk.draft(_numbered(total, number), right, magnitude, ("arithmetic", "value"))

        return attempt

    totals = {(e.entity("operator"), e.day, e.facts["personnel"]): e for e in desk.events("total")}
    return [attempt_for(totals.get(which) or _total_of(*which, events[0])) for which, events in parts.items()] * 2


def _total_of(mission: str, day: date, personnel: str, part: Event) -> Event:
    """A mission's total that no other source tells."""
    return replace(
        part,
        key=f"total:{personnel}:{mission}:{day}",
        topic="total",
        cast=(("operator", mission), ("host", part.entity("host"))),
        says=f"The mission has {{n}} ({personnel}) in all.",
    )


def _tolls(desk: Desk) -> list[Try]:
    incidents: dict[str, dict[str, Event]] = defaultdict(dict)
    for event in desk.events("toll"):
        incidents[event.facts["incident"]][event.facts["harm"]] = event

    def attempt_for(tolls: dict[str, Event], harm: str) -> Try:
        def attempt(wanted: float) -> Draft | None:
            total = tolls["killed_and_wounded"]
            assert total.count
            told = round(total.count.number * (1 + 0.05 * wanted))
            magnitude = (told - total.count.number) / total.count.number / 0.05
            if (magnitude >= 1) != (wanted >= 1):
                return None
            says = total.says.replace("killed_and_wounded", harm)
            wrong = _numbered(total, told, slots={"harm": harm}, key=f"{harm} of {total.key}", says=says)
            right = desk.told(total, precision="day")
            return desk.draft(wrong, right, magnitude, ("arithmetic", "value"), manner=Manner())

        return attempt

    return [
        attempt_for(tolls, harm)
        for tolls in incidents.values()
        if "killed_and_wounded" in tolls
        for harm in ("wounded", "killed")
        if harm not in tolls
    ]
