"""entities: what names stand for, and people's reviews of that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from garant.case.base import CaseBase, person
from garant.case.result import Column, Result, Row, column, counted
from garant.claims import InputError
from garant.claims.rules import unknown
from garant.ledger import ClaimQuery, Clocks, now_stamp, stamp_to_text
from garant.ledger.intake import validated
from garant.names import Entity, EntityReview, Names, fold, lifetimes, memberships
from garant.names.entity import KINDS
from garant.names.register import new_review

_COLUMNS = (
    column("entity", "id"),
    column("kind", "kind", wrap=False),
    column("name", "name"),
    column("nom", "name_fr", spare=True),
    Column("also", lambda row: ", ".join(dict.fromkeys(a["name"] for a in row["aliases"][:8])), spare=True),
    column("names in claims", "mentions", spare=True),
    Column("begun", lambda row: ", ".join(dict.fromkeys(e["time"] for e in row.get("lifetime", {}).get("begun", [])))),
    Column("ended", lambda row: ", ".join(dict.fromkeys(e["time"] for e in row.get("lifetime", {}).get("ended", [])))),
)
_UNRESOLVED = (
    column("name", "name"),
    column("kind", "kind", wrap=False),
    column("why", "why", wrap=False),
    Column("may be", lambda row: "; ".join(f"{c['entity']} ({c['score']:.2f})" for c in row["candidates"])),
)


class EntityVerbs(CaseBase):
    """entities."""

    def entities(
        self,
        query: str | None = None,
        *,
        kind: str | None = None,
        used: bool | None = None,
        unresolved: bool = False,
        new: str | None = None,
        alias: str | None = None,
        alias_kind: str = "variant",
        lang: str | None = None,
        merge: str | None = None,
        split: str | None = None,
        into: str | None = None,
        names: Sequence[str] = (),
        by: str | None = None,
        note: str | None = None,
        as_of: str | None = None,
        known_on: str | None = None,
        ledger_on: str | None = None,
    ) -> Result:
        """List entities; or add an alias, merge two, or split one, each as a review.

        Without words, lists the entities that claims name; `query` finds any by id or name, `kind` and `used`
        narrow the list, `unresolved` lists instead the names in claims that stand for no entity for sure,
        with their rivals. Lifetimes and memberships come from the accepted claims under the clocks.

        `query` with `new` (its English name) and `kind` makes an entity with that id; `query` with `alias` adds a
        name to that entity; `merge` with `into` makes one entity stand under another; `split` with `names` and
        `into` moves names to another entity (made if new), or without `names` undoes a merge. Raises InputError
        for entities that do not exist.
        """
        clocks = Clocks.read(as_of, known_on, ledger_on)
        if kind is not None and kind not in KINDS:
            raise InputError(unknown("kind of entity", kind, KINDS))
        if new is not None:
            if alias or merge or split or note or by:
                raise InputError(
                    "a new entity is entered by itself", mend="give its id, --new and --kind, then the rest"
                )
            return self._make(query, new, kind)
        action = _action(query, alias, merge, split)
        if action:
            return self._review_names(
                {**action, "into": into, "names": list(names) or None}, alias, alias_kind, lang, by, note
            )
        register = self._register(clocks)
        if unresolved:
            rows = self.unresolved(register)
            return Result(f"{len(rows)} names that stand for no entity for sure", _UNRESOLVED, rows)
        mentions = {e: list(dict.fromkeys(n.values())) for e, n in self.mentions_by_entity(clocks).items()}
        chosen = [e for e in register.entities.values() if _wanted(e, query, kind)]
        if used is not None or (query is None and kind is None):
            chosen = [e for e in chosen if (e.id in mentions) == (used is not False)]
        claims = [e.claim for e in self.entries(ClaimQuery(clocks))]
        lives, belongs = lifetimes(claims, register), memberships(claims, register)
        rows = []
        for entity in sorted(chosen, key=lambda e: (e.id != query, e.kind, e.id)):
            row = _row(entity, mentions.get(entity.id, []))
            if entity.id in lives:
                row["lifetime"] = lives[entity.id].to_record()
            row["memberships"] = [
                {"member": m.member, "body": m.body, "relation": m.relation, "time": m.time, "claim": m.claim}
                for m in belongs
                if entity.id in (m.member, m.body)
            ]
            rows.append(row)
        return Result(counted(len(rows), "entity"), _COLUMNS, rows)

    def unresolved(self, register: Names) -> list[Row]:
        """Names in claims that resolve to no entity, each with why and its rival candidates."""
        rows = []
        for _, name, kind, coded in self.ledger.mentions():
            found = register.resolve(name, kind or None, coded or None)
            if found.entity is None:
                rivals = [
                    {"entity": c.entity, "score": c.score, "matched": c.matched, "how": c.how} for c in found.candidates
                ]
                rows.append({"name": name, "kind": kind, "why": found.how, "candidates": rivals})
        return sorted(rows, key=lambda row: (row["kind"], row["name"]))

    def _make(self, id: str | None, name: str, kind: str | None) -> Result:
        """Enter a new entity of the case."""
        self._writable()
        if not id or not kind:
            raise InputError(
                "a new entity needs an id and a kind", mend="for example: entities camp-x --new 'Camp X' --kind place"
            )
        if id in self.names().entities:
            raise InputError(f"there is an entity '{id}' already", mend="add a name to it with --alias")
        entity = validated(Entity, {"id": id, "kind": kind, "name": {"en": name}}, "new entity")
        with self.ledger.writing() as writer:
            writer.entity(entity)
        return Result("1 entity recorded", _COLUMNS, [_row(entity, [])])

    def _review_names(
        self,
        action: dict[str, Any],
        alias: str | None,
        alias_kind: str,
        lang: str | None,
        by: str | None,
        note: str | None,
    ) -> Result:
        self._writable()
        record = {**action, "by": person(by), "at": stamp_to_text(now_stamp()), "note": note}
        if alias is not None:
            record["alias"] = {"name": alias, "kind": alias_kind, "lang": lang}
        review = validated(EntityReview, {k: v for k, v in record.items() if v is not None}, "review of names")
        new_review(self.names(), review)
        with self.ledger.writing() as writer:
            writer.entity_review(review)
        columns = (
            *(column(key, key) for key in ("action", "entity")),
            Column("alias", lambda row: row.get("alias", {}).get("name")),
            *(column(key, key) for key in ("into", "names", "by", "at", "note")),
        )
        return Result("1 review of names recorded", columns, [review.to_record()])


def _action(query: str | None, alias: str | None, merge: str | None, split: str | None) -> dict[str, Any] | None:
    asked = [name for name, value in (("alias", alias), ("merge", merge), ("split", split)) if value]
    if len(asked) > 1:
        raise InputError(f"{' and '.join(asked)} cannot be done at once", mend="give one of them")
    if alias and not query:
        raise InputError("no entity is named for the alias", mend="name it, for example: entities minusca --alias NAME")
    target = {"alias": query, "merge": merge, "split": split}
    return {"action": asked[0], "entity": target[asked[0]]} if asked else None


def _wanted(entity: Entity, query: str | None, kind: str | None) -> bool:
    if kind is not None and entity.kind != kind:
        return False
    if query is None:
        return True
    return query.lower() == entity.id.lower() or any(fold(query) in fold(name) for name, _ in entity.all_names())


def _row(entity: Entity, mentions: list[str]) -> Row:
    record = entity.to_record()
    record["name"], record["name_fr"] = entity.label("en"), entity.label("fr")
    return {**record, "mentions": mentions}
