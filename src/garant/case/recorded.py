"""What exposure rests on in a case: loaded events, or the figures it carries; outlines, people and places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from garant.case.load import LoadVerbs
from garant.claims import InputError
from garant.claims.period import Period
from garant.claims.rules import unknown
from garant.ledger import ClaimQuery, Clocks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from garant.datasets import Origin, Snapshot
    from garant.exposure.figures import Figures
    from garant.exposure.kernel import Bandwidth
    from garant.exposure.measure import Record
    from garant.exposure.units import Place
    from garant.geo import Areas, Lattice

#: Datasets of events, the preferred one first.
EVENTS = ("ucdp-ged", "acled")
#: Share of a country's surface from which on a population layer counts as one of the whole of it.
_WHOLE = 0.98
#: Claims whose place holds personnel.
_STATIONED = ("deployment", "force_strength", "force_structure")


@dataclass(frozen=True)
class Evidence:
    """What is measured: a record of events, or figures made from one; where it comes from and what days it covers."""

    record: Record | None
    figures: Figures | None
    origin: dict[str, Any]
    span: tuple[date, date]
    areas: Areas
    notes: tuple[str, ...]
    people: str = ""  # citation of the population layer

    @property
    def bandwidth(self) -> Bandwidth:
        """The kernel of the intensity."""
        held = self.record or self.figures
        assert held is not None  # noqa: S101  # one of the two
        return held.bandwidth


@dataclass(frozen=True)
class _People:
    """Persons by lattice point (None: no layer is used), notes, and how the layer is cited."""

    persons: NDArray[np.float64] | None = None
    notes: tuple[str, ...] = ()
    cite: str = ""


class RecordedCase(LoadVerbs):
    """A case with events or figures of recorded violence."""

    def _newest(self, dataset: str, clocks: Clocks) -> Snapshot | None:
        """The newest version of a dataset that had been released by `known_on`; None where none is loaded."""
        from garant.datasets import newest

        return newest(self.snapshots(), dataset, clocks.known_day)

    def _evidence(
        self, dataset: str | None, clocks: Clocks, *, bandwidth: bool = True, until: date | None = None
    ) -> Evidence:
        """The events asked for, else the figures; InputError where there are none, or none known by then.

        Events after `until` are left out before anything is smoothed: a kernel would tell of them.
        """
        if dataset is not None and dataset not in EVENTS:
            raise InputError(unknown("dataset of events", dataset, EVENTS))
        for name in EVENTS if dataset is None else (dataset,):
            found = self._newest(name, clocks)
            if found is not None:
                return self._from_events(found, clocks, bandwidth=bandwidth, until=until)
        return self._from_figures(dataset, clocks)

    def _from_events(self, found: Snapshot, clocks: Clocks, *, bandwidth: bool, until: date | None) -> Evidence:
        from garant.exposure.bandwidth import choose
        from garant.exposure.events import read_events, told_within
        from garant.exposure.kernel import Bandwidth
        from garant.exposure.measure import Record
        from garant.exposure.spread import spread
        from garant.geo import Lattice

        origin, areas = found.origin, self._areas(clocks)
        span = covered(found)
        events = read_events(found.path)
        if until is not None and until < span[1]:
            span = span[0], until
            events = events[told_within(events, *span)].reset_index(drop=True)
        if not len(events):
            raise InputError(f"{origin.dataset} {origin.version} holds no event of this case", where=origin.file)
        lattice = Lattice.over(areas)
        live, districts = self._people(lattice, clocks), self._areas_of(2, clocks)
        people = live.persons
        record = Record(
            events=events,
            ground=spread(events, lattice, districts=districts),
            span=span,
            bandwidth=choose(events, lattice, span) if bandwidth else Bandwidth(1.0, 1.0),
            people=spread(events, lattice, people=people, districts=districts) if people is not None else None,
            inhabitants=people[lattice.inside] if people is not None else None,
        )
        notes = [*self._other_versions(found, clocks), *live.notes]
        if left := _nonlethal(found, span[1]):
            notes.append(f"events without a recorded death are not counted ({left:,} up to {span[1].isoformat()})")
        if record.ground.beside:
            notes.append(f"{record.ground.beside} events lie beside every outline and are told of the nearest area")
        if districts is None and events["spread"].eq("district").any():
            notes.append("districts are discs: no outlines of the second level are loaded")
        return Evidence(record, None, _origin(origin), record.span, areas, tuple(notes), live.cite)

    def _other_versions(self, used: Snapshot, clocks: Clocks) -> list[str]:
        """A note on loaded files of the same dataset that are not used: the newest stands alone, nothing is pooled."""
        others = [s.origin for s in self.snapshots() if s.origin.dataset == used.origin.dataset and s != used]
        known = [o for o in others if clocks.known_day is None or o.released_day <= clocks.known_day]
        told = ", ".join(f"{o.file} ({o.version})" for o in known)
        return [f"only {used.origin.file} is used, not the older {told}: files are never pooled"] if known else []

    def _from_figures(self, dataset: str | None, clocks: Clocks) -> Evidence:
        from garant.exposure.figures import figures_of

        figures = figures_of(self.folder)
        wanted = dataset or (figures.origin["dataset"] if figures else EVENTS[0])
        if figures is None or figures.origin["dataset"] != wanted:
            raise InputError(
                f"no events of {wanted} are loaded{_by(clocks)}",
                where=self.name,
                mend=f"load them with 'garant load {wanted} FILE'",
            )
        released = Period.parse(figures.origin["released"]).over_day
        if clocks.known_day is not None and released is not None and released > clocks.known_day:
            told = f"the figures of {wanted} {figures.origin['version']} were released in {figures.origin['released']}"
            raise InputError(f"{told}, after the day asked for", where=self.name, mend="load an earlier version")
        notes = [f"yearly figures that come with the case; load {wanted} for months, sites and single events"]
        layers = sorted({s.origin.dataset for s in self.snapshots()} & {"boundaries", "population"})
        if layers:
            told = f"the {' and '.join(layers)} you loaded are used once events are loaded too"
            notes.append(f"the figures have the outlines that come with the case and are spread by surface; {told}")
        return Evidence(None, figures, dict(figures.origin), figures.span, self._carried(), tuple(notes))

    @staticmethod
    def _yearly(evidence: Evidence, year: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Rows by area for every year up to one, and the ranking of that year."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        if evidence.figures is not None:
            rows = [r for r in evidence.figures.rows("area") if r["to"] <= last.isoformat()]
            ranking = evidence.figures.rows("area", ranking=True)
            return rows, [r for r in ranking if r["from"] == first.isoformat()]
        from garant.exposure.events import years
        from garant.exposure.measure import measure
        from garant.exposure.ranking import worst
        from garant.exposure.units import areas

        record = evidence.record
        assert record is not None  # noqa: S101  # one of the two
        units = areas(record.ground, record.events)
        spans = years(evidence.span[0], last)
        return measure(record, units, spans), worst(record, units, (first, last))

    def _areas(self, clocks: Clocks) -> Areas:
        """Outlines of the first level: those loaded, else those the case carries."""
        loaded = self._areas_of(1, clocks)
        if loaded is not None:
            return loaded
        return self._carried()

    def _carried(self) -> Areas:
        """Outlines that the case carries; InputError where it has none."""
        from garant.geo import read_areas

        carried = self.folder / "figures" / "boundaries.geojson"
        if carried.is_file():
            return read_areas(carried)
        raise InputError(
            "no boundaries are loaded", where=self.name, mend="load them with 'garant load boundaries FILE'"
        )

    def _areas_of(self, level: int, clocks: Clocks) -> Areas | None:
        """Loaded outlines of a level, the newest; a country has several files, each of one level."""
        from garant.exposure.people import areas_of

        for found in reversed(self.snapshots()):
            origin = found.origin
            if origin.dataset == "boundaries" and not _too_late(origin, clocks):
                areas = areas_of(found.path, level, title=origin.title, cite=layer_cite(origin))
                if areas is not None:
                    return areas
        return None

    def _people(self, lattice: Lattice, clocks: Clocks) -> _People:
        """Persons by lattice point by the newest loaded population layer, and what must be said of it."""
        from garant.exposure.people import persons, told_of

        layers = [s for s in self.snapshots() if s.origin.dataset == "population" and not _too_late(s.origin, clocks)]
        if not layers:
            return _People()
        layer = layers[-1]
        people, told = persons(lattice, layer.path), told_of(lattice, layer.path)
        if not people.sum() > 0:
            return _People(notes=("the population layer has nobody in this country: it is not used",))
        part = (
            f"the population layer tells of {told:.0%} of the country's surface: by people, an event goes to the rest "
            "only where its ground has nobody by the layer, and then by surface"
        ) if told is not None and told < _WHOLE else ""  # fmt: skip
        return _People(people, (part,) if part else (), layer_cite(layer.origin))

    def _places(self, chosen: Sequence[str], radius_km: float, clocks: Clocks) -> list[Place]:
        """Places with coordinates: those named, else every place where an accepted claim puts personnel."""
        from garant.exposure.units import Place

        names = self._register(clocks)
        found: dict[str, Place] = {}
        for word in chosen or self._stationed(clocks):
            entity = names.find(word)
            known = names.entities.get(names.current(entity)) if entity else None
            if known is None or known.coordinates is None:
                if not chosen:
                    continue
                told = "has no coordinates" if known else "is no place of this case"
                raise InputError(f"'{word}' {told}", mend="list places with 'garant entities --kind place'")
            x, y = known.coordinates
            found[known.id] = Place(known.id, known.label(), x, y, radius_km)
        return list(found.values())

    def _stationed(self, clocks: Clocks) -> list[str]:
        names = self._register(clocks)
        claims = (entry.claim for entry in self.entries(ClaimQuery(clocks, types=_STATIONED)))
        told = (names.resolve(c.place.name, "place", c.place.entity).entity for c in claims if c.place)
        return sorted({entity for entity in told if entity})


def layer_cite(origin: Origin) -> str:
    """How a layer of the user is cited: who published it, what it is, the file, the licence."""
    whose = f"{origin.publisher}, " if origin.publisher != "unknown" else ""
    return f"{whose}{origin.title} ({origin.file}, licence {origin.licence})"


def lag_day(days: int) -> date:
    """The last day that an export may tell of without --local."""
    return date.today() - timedelta(days=days)  # noqa: DTZ011  # the user's own day


def covered(found: Snapshot) -> tuple[date, date]:
    """First and last day that a dataset's version covers, as its origin says."""
    origin = found.origin
    if origin.covers_from is None or origin.covers_to is None:
        raise InputError("does not say which days it covers", where=origin.file, mend="load it again")
    return date.fromisoformat(origin.covers_from), date.fromisoformat(origin.covers_to)


def _nonlethal(found: Snapshot, until: date) -> int:
    from garant.exposure.events import nonlethal

    return nonlethal(found.path, until)


def _too_late(origin: Origin, clocks: Clocks) -> bool:
    """Whether a layer was released after `known_on`. One whose release nobody knows is an instrument, and is used."""
    if clocks.known_day is None or origin.released_by == "loading":
        return False
    return origin.released_day > clocks.known_day


def _by(clocks: Clocks) -> str:
    return f" that had been released by {clocks.known_on}" if clocks.known_on else ""


def _origin(origin: Any) -> dict[str, Any]:
    return {
        key: getattr(origin, key)
        for key in ("dataset", "title", "version", "publisher", "citation", "licence", "released")
    }
