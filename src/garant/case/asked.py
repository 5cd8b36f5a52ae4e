"""What verbs on forces share: whom a word means, which forces it chooses, how a force is named in a row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from garant.case.disagreements import DisagreementVerbs
from garant.case.reconciled import Reconciled
from garant.case.result import Column, Row, counted
from garant.claims import InputError, vocabulary
from garant.claims.period import AFTER_ALL_DAYS
from garant.claims.rules import unknown
from garant.forces import EVERYWHERE, JOINT, Band, Force, bands, shapeless
from garant.forces.units import assumption
from garant.ledger import collector_off
from garant.names import Names

Clock = str | None
#: Columns that name a force, where a row holds one.
WHO = (
    Column("force", lambda row: row["_who"], share=3),
    Column("regime", lambda row: row["regime"], wrap=False),
)


class AskedVerbs(DisagreementVerbs):
    """Reading the words of a question on forces."""

    def _bands(self, reconciled: Reconciled, assume: str | None = None) -> list[Band]:
        shown = reconciled.shown()
        assumed = None
        if assume is not None:
            claim = self._claim_id(assume)
            if claim not in shown:
                raise InputError(f"claim {claim[:12]} is not accepted under these dates", mend="name another")
            assumed = assumption(shown[claim])
        events, disagreements = reconciled.events(), reconciled.disagreements()
        with collector_off():
            return bands(list(shown.values()), events, disagreements, assumed)

    def _chosen(
        self, reconciled: Reconciled, host: str | None, provider: str | None, regime: str | None
    ) -> Callable[[Force], bool]:
        """Whether a force is one of those asked for; InputError for a word that means nothing here."""
        where, who = (self._entity_called(word, reconciled) for word in (host, provider))
        if regime is not None and regime not in vocabulary()["regime"]:
            raise InputError(unknown("regime", regime, vocabulary()["regime"]))

        def wanted(force: Force) -> bool:
            return (where is None or where in force.hosts) and who in (None, force.provider) and regime in (
                None, force.regime,
            )  # fmt: skip

        return wanted

    def _entity_called(self, word: str | None, reconciled: Reconciled) -> str | None:
        """The entity that a user's word means; InputError where it means nothing, or nobody whom a claim names."""
        if word is None:
            return None
        entity = self._register(reconciled.clocks).find(word)
        if entity is None:
            self._mentions_of(word, reconciled.clocks)  # says what is wrong with the word
        return entity or word

    @staticmethod
    def _unshaped(reconciled: Reconciled) -> list[str]:
        """Notes on claims of forces that shape no row, and on what the clocks hide."""
        lost = shapeless(reconciled.shown().values())
        notes = [f"{counted(lost, 'claim')} on forces without a time or a host shape no band"] if lost else []
        return [*notes, *DisagreementVerbs._hidden(reconciled)]


def name(entity: str, names: Names) -> str:
    """What an entity is called in a table: a state by its name, others by what is short."""
    known = names.entities.get(names.current(entity))
    return known.short() if known else entity.removeprefix("~")


def where(host: str, names: Names) -> str:
    """A force's hosts in words."""
    if host == EVERYWHERE:
        return "all operations"
    return " and ".join(name(h, names) for h in host.split(JOINT)) if host else "host not told"


def force_row(force: Force, names: Names, country: str | None) -> Row:
    """The keys of a row that say which force it is about; the printed table names hosts that are not the country."""
    provider, host = name(force.provider, names), where(force.host, names)
    return {
        "force": f"{provider} in {host}, {force.regime}",
        "provider": force.provider,
        "host": force.host,
        "regime": force.regime,
        "_who": provider if force.host == country else f"{provider} in {host}",
    }


@lru_cache(maxsize=20_000)
def day(ordinal: int | None) -> str | None:
    """An ordinal day as ISO; None for none and for "always"."""
    return date.fromordinal(ordinal).isoformat() if ordinal is not None and 0 < ordinal < AFTER_ALL_DAYS else None


def whole(value: float | None) -> float | None:
    """A number without a needless fraction, for JSON."""
    return int(value) if value is not None and float(value).is_integer() else value


def cited(claims: object, most: int = 3) -> str:
    """The first claims behind a row, by the beginnings of their ids."""
    listed = list(claims) if isinstance(claims, list | tuple) else []
    more = f" +{len(listed) - most}" if len(listed) > most else ""
    return ", ".join(c[:6] for c in listed[:most]) + more
