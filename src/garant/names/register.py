"""A case's register of names: the worldwide entities, the case's own, and people's reviews of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from garant.claims.claim import Moment, Record, Slug, Text
from garant.claims.identity import canonical_json, sha256
from garant.errors import InputError
from garant.names.entity import Alias, Entity, Label
from garant.names.resolver import Names


class EntityReview(Record):
    """A person's append-only decision on names.

    `alias`: `entity` also goes by `alias`. `merge`: `entity` is the same as `into` and stands under it.
    `split`: the names in `names` leave `entity` for `into`, which is made (of `kind`) if it does not exist;
    without `names`, an earlier merge of `entity` is undone. `at` is when it was decided (UTC, ISO 8601).
    """

    id: str | None = None
    action: Literal["alias", "merge", "split"]
    entity: Slug
    alias: Alias | None = None
    into: Slug | None = None
    kind: Text | None = None
    names: Annotated[list[Text], Field(min_length=1)] | None = None
    by: Text
    at: Moment
    note: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.action == "alias" and self.alias is None:
            raise ValueError("alias: say which name to add")
        if self.action == "merge" and (self.into is None or self.into == self.entity):
            raise ValueError("into: say which other entity it is the same as")
        if self.action == "split" and self.names and self.into is None:
            raise ValueError("into: say which entity the names belong to")
        content: dict[str, Any] = self.model_dump(mode="json", exclude_none=True, exclude={"id"})
        computed = sha256(canonical_json(content))
        if self.id is not None and self.id != computed:
            raise ValueError(f"id: {self.id[:12]} does not match its content, whose id is {computed[:12]}")
        object.__setattr__(self, "id", computed)
        return self


def register(base: Iterable[Entity], own: Iterable[Entity], reviews: Iterable[EntityReview]) -> Names:
    """Apply reviews, oldest decision first, to the base and the case's own entities.

    A case's entity with the id of a worldwide one adds its names to it. Reviews of entities that do not
    exist (yet) are passed over; `check` lists them.
    """
    entities = {e.id: e for e in base}
    for e in own:
        entities[e.id] = _with_names_of(entities[e.id], e) if e.id in entities else e
    merged: dict[str, str] = {}
    for review in sorted(reviews, key=lambda r: (r.at, str(r.id))):
        if review.entity not in entities:
            continue
        if review.action == "alias" and review.alias is not None:
            entities[review.entity] = _plus(entities[review.entity], [review.alias])
        elif review.action == "merge" and review.into in entities:
            if _end(merged, review.into) != review.entity:  # two colleagues may have merged them both ways
                merged[review.entity] = review.into
        elif review.action == "split" and review.names is None:
            merged.pop(review.entity, None)
        elif review.action == "split":
            _split(entities, merged, review)
    kept = {i: e for i, e in entities.items() if i not in merged}
    for gone in merged:
        target = Names(kept.values(), merged).current(gone)
        if target in kept:
            kept[target] = _with_names_of(kept[target], entities[gone])
    return Names(kept.values(), merged)


def new_review(entities: Names, review: EntityReview) -> EntityReview:
    """The review, if it says something of entities that exist; InputError otherwise."""
    undo = review.action == "split" and not review.names
    if entities.current(review.entity) not in entities.entities:
        raise InputError(f"there is no entity '{review.entity}'", mend="list them with 'garant entities'")
    if review.action == "merge" and entities.current(str(review.into)) not in entities.entities:
        raise InputError(f"there is no entity '{review.into}' to merge into", mend="list them with 'garant entities'")
    if review.action == "merge" and entities.current(review.entity) == entities.current(str(review.into)):
        raise InputError(f"'{review.entity}' and '{review.into}' are one entity already", mend="undo that with --split")
    if undo and entities.current(review.entity) == review.entity:
        raise InputError(
            f"'{review.entity}' was not merged into another", mend="give the names to split off with --name"
        )
    if review.action == "split" and review.names:
        own = {name for name, _ in entities.entities[entities.current(review.entity)].all_names()}
        foreign = [n for n in review.names if n not in own]
        if foreign:
            raise InputError(f"'{foreign[0]}' is not a name of {review.entity}", mend="give names that it has")
    return review


def _end(merged: dict[str, str], entity: str) -> str:
    while entity in merged:
        entity = merged[entity]
    return entity


def _split(entities: dict[str, Entity], merged: dict[str, str], review: EntityReview) -> None:
    """Move names from an entity, and from those merged into it, to another."""
    names, into = set(review.names or ()), str(review.into)
    together = [e for e in entities.values() if _end(merged, e.id) == review.entity]
    leaving = [a for e in together for a in e.aliases if a.name in names]
    leaving += [Alias(name=n) for n in sorted(names - {a.name for a in leaving})]
    for entity in together:
        entities[entity.id] = _without(entity, names)
    if into in entities:
        entities[into] = _plus(entities[into], leaving)
    else:
        fresh = {"id": into, "kind": review.kind or entities[review.entity].kind, "name": {"en": leaving[0].name}}
        entities[into] = _plus(Entity.model_validate(fresh), leaving[1:])


def _without(entity: Entity, names: set[str]) -> Entity:
    """The entity without some names; if its own name goes, the next one takes its place, and at last its id."""
    aliases = [a for a in entity.aliases if a.name not in names]
    english, french = entity.name.en, entity.name.fr
    if english in names:
        english = next((a.name for a in aliases if a.lang != "fr"), entity.id)
    label = Label(en=english, fr=None if french in names else french)
    return entity.model_copy(update={"name": label, "aliases": aliases})


def _with_names_of(entity: Entity, other: Entity) -> Entity:
    own = [Alias(name=name, kind="variant") for name, how in other.all_names() if how == "name"]
    return _plus(entity, own + list(other.aliases))


def _plus(entity: Entity, aliases: list[Alias]) -> Entity:
    known = {(name, how) for name, how in entity.all_names()} | {
        (n, "variant") for n, h in entity.all_names() if h == "name"
    }
    fresh = [a for a in aliases if (a.name, a.kind) not in known]
    return entity.model_copy(update={"aliases": [*entity.aliases, *fresh]})
