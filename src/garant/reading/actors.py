"""From the words of an argument to actors: canonical names and kinds, with what common nouns and pronouns stand for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from garant.reading.cast import Cast
from garant.reading.gazetteer import flat
from garant.reading.memory import Mention
from garant.reading.nouns import classes_of, definite, indefinite
from garant.reading.words import word_list, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_PAIR = word_set("pair")
_GROUPISH = frozenset({"armed_group"})
#: Tokens between "mission" and the acronym that names it.
_NAME = 9
_PLAIN = word_set("plain_determiners")


def actors_of(token: Token, cast: Cast, kinds: list[str]) -> list[Mention]:
    """Whom a noun, name or pronoun stands for, of the kinds that a role takes; empty if nobody."""
    mention = cast.at.get(token.i)
    if mention is not None:
        fitting = _fitting(mention, cast, kinds)
        if fitting:
            return [fitting]
        if not (mention.demonym or mention.kind in ("state", "igo")):
            return []
    if token.pos_ == "PRON":
        other = cast.pronoun(token, kinds)
        found = _fitting(other, cast, kinds) if other else None
        return [found] if found else []
    if token.pos_ == "PRON" or token.pos_ not in ("NOUN", "PROPN", "ADJ", "X"):
        return []
    return _of_noun(token, cast, kinds)


def _fitting(mention: Mention, cast: Cast, kinds: list[str]) -> Mention | None:
    if mention.kind == "capital":
        return cast.state(str(mention.entity)) if "state" in kinds else None  # a capital that acts is its state
    if mention.kind == "place":
        return cast.state_around(mention) if kinds == ["state"] else None
    return mention if mention.kind in kinds else None


def _of_noun(token: Token, cast: Cast, kinds: list[str]) -> list[Mention]:  # noqa: PLR0911, PLR0912, PLR0915  # one answer for each class of nouns
    lemma = flat(token.lemma_)
    classes = classes_of(lemma)
    if lemma in word_list("nouns")["pairs"] and any(flat(c.text) in _PAIR for c in token.children):
        return [m for m in cast.pair(token) if m.kind in kinds]
    nations = cast.nations(token)
    states = [m for m in nations if m.kind in kinds]
    if "government" in classes and "institution" in kinds:
        state = next(iter(nations), None) or (
            cast.salient_state()
            if lemma in ("government", "gouvernement", "authority", "junta") and not indefinite(token)
            else None
        )
        if state is not None and state.kind == "state":
            return [replace(state, start=token.i, end=token.i + 1, name=f"Government of {state.name}",
                            kind="institution", entity=None, demonym=False)]  # fmt: skip
    if "company" in kinds and classes & {"personnel", "soldiers", "armed_group"}:
        firm = [
            m for c in token.lefts if c.dep_ in ("compound", "amod") and (m := cast.at.get(c.i)) and m.kind == "company"
        ]
        if firm:
            return firm[:1]
    if lemma in ("mission", "operation", "force") and "mission" in kinds and (there := _mission_there(token, cast)):
        return [there]
    military_first = "military" in kinds and ("state" not in kinds or kinds.index("military") < kinds.index("state"))
    owner = next((m for m in nations if m.kind == "state"), None)
    if "army" in classes and owner is None and not indefinite(token):
        owner = cast.salient_state()
    if lemma in ("mission", "operation", "force") and "mission" in kinds:
        beside = [cast.at[c.i] for c in token.subtree if c.i in cast.at and _also_called(c)]
        letters = [m for m in beside if m.kind == "mission" and abs(m.start - token.i) <= _NAME]
        if letters:
            return letters[:1]
    if "mission" in kinds:
        of = [g for c in token.children if c.dep_ == "prep" and c.lower_ in ("of", "from") for g in c.children]
        near = [m for c in (*token.lefts, *of) if (m := cast.at.get(c.i)) and m.kind == "mission"]
        if near and classes & {"soldiers", "unit"}:
            return near[:1]  # "soldiers of ATMIS"
        if lemma in ("mission", "operation", "force") and kinds[0] == "mission" and (new := _described(token, cast)):
            return [new]
    if "army" in classes and military_first and (nations or owner):
        return [cast.army_of(owner)] if owner is not None else []
    police_first = "police" in kinds and ("state" not in kinds or kinds.index("police") < kinds.index("state"))
    if lemma == "police" and police_first and owner is not None and "civilians" not in kinds[:1]:
        return [cast.police_of(owner)]
    if classes & {"personnel", "soldiers", "unit", "force"} and states and not classes & _GROUPISH:
        return states
    if "armed_group" in kinds and (
        classes & {"armed_group", "personnel", "soldiers"} or lemma in ("coalition", "group", "movement")
    ):
        named = next(
            (
                m
                for c in token.lefts
                if c.dep_ in ("compound", "amod", "nmod", "poss")
                and (m := cast.at.get(c.i))
                and m.kind == "armed_group"
            ),
            None,
        )
        if named is None:  # "rebels of the ADF"
            inside = [g for c in token.children if c.dep_ == "prep" and c.lower_ in ("of", "from") for g in c.children]
            named = next((m for g in inside if (m := cast.at.get(g.i)) and m.kind == "armed_group"), None)
        if named is not None:
            return [named]
        if lemma in ("man", "group", "element") and any(
            c.lower_ in ("armed", "masked", "unidentified", "unknown") for c in token.lefts
        ):
            return [Mention(token.i, token.i + 1, f"armed {token.text}", "armed_group")]
    if "army" in classes and "military" in kinds:
        return [cast.army_of(owner)] if owner is not None else []
    if "armed_group" in classes and "armed_group" in kinds:
        return [Mention(token.i, token.i + 1, _printed(token, cast), "armed_group")]
    if "office" in classes and "person" in kinds:
        if (person := _holder(token, cast)) is not None:
            return [person]
        state = next((m for m in nations if m.kind == "state"), None)
        if state is not None:
            return [Mention(token.i, token.i + 1, f"{_office(token)} of {state.name}", "person")]
        last = cast.last("person", before=token)
        return [last] if last and lemma in ("president", "minister", "président", "ministre") else []
    if classes & {"soldiers", "unit"} and not classes & {"government"}:
        if lemma == "mission" or (lemma in ("force", "operation") and "mission" in kinds):
            mission = None if indefinite(token) else cast.last("mission", before=token)
            if mission is not None or lemma == "mission" or kinds[0] == "mission":
                return [mission] if mission and "mission" in kinds else []
        if (
            lemma == "peacekeeper"
            and "mission" in kinds
            and definite(token)
            and (mission := cast.last("mission", before=token))
        ):
            return [mission]
        if kinds and kinds[0] in ("civilians",):
            return [Mention(token.i, token.i + 1, _printed(token, cast), "military")]
        if "military" in kinds and "state" not in kinds[:1]:
            return [Mention(token.i, token.i + 1, _printed(token, cast), "police" if "polic" in lemma else "military")]
        last = cast.last("state", "military", "mission", "igo", before=token)
        fitting = _fitting(last, cast, kinds) if last else None
        return (
            [fitting]
            if fitting and token.i and any(c.lower_ in ("the", "its", "their", "these") for c in token.children)
            else []
        )
    if lemma in ("mission", "operation", "force") and "mission" in kinds:
        where = next(
            (
                m
                for c in token.children
                if c.dep_ == "prep" and c.lower_ in ("in", "to")
                for g in c.children
                if (m := cast.at.get(g.i)) and m.kind == "state"
            ),
            None,
        )
        sender = next((m for m in nations if m.kind == "igo"), None)
        if where is not None and sender is not None:
            return [Mention(token.i, token.i + 1, f"{sender.name} mission in {where.name}", "mission")]
        mission = None if indefinite(token) else cast.last("mission", before=token)
        return [mission] if mission else []
    if lemma in ("country", "nation", "pays") and "state" in kinds and token.tag_ != "NNS" and not indefinite(token):
        last = cast.last("state", before=token) or cast.salient_state()
        return [last] if last else []
    if lemma in ("council", "conseil") and "institution" in kinds and not indefinite(token):
        return [cast.council()]
    if lemma == "other" and (meant := _counted_before(token)) is not None:
        return [Mention(token.i, token.i + 1, _printed(meant, cast), "military")]
    if "civilians" in classes and "civilians" in kinds:
        return [
            Mention(
                token.i,
                token.i + 1,
                _printed(token, cast)
                if lemma not in ("person", "people", "other", "dozen", "score", "hundred")
                else "civilians",
                "civilians",
            )
        ]
    if "body" in classes and "institution" in kinds and (named := cast.named_like(token)) is not None:
        return [named]
    if "body" in classes and "institution" in kinds and token.text[:1].isupper():
        return [Mention(token.i, token.i + 1, _printed(token, cast), "institution")]
    return states


def _mission_there(token: Token, cast: Cast) -> Mention | None:
    """ "the peacekeeping mission in South Sudan": the one named for that state, and no other force told of before."""
    inside = [g for c in token.children if c.dep_ == "prep" and c.lower_ == "in" for g in c.children]
    state = next((m for g in inside if (m := cast.at.get(g.i)) and m.kind == "state"), None)
    if state is None or indefinite(token) or any(c.i in cast.at for c in token.lefts):
        return None
    named, elsewhere = cast.mission_in(state, token)
    if named is None and elsewhere:
        return Mention(token.i, token.i + 1, f"{_printed(token, cast)} in {state.name}", "mission")
    return named


def _also_called(name: Token) -> bool:
    """Whether a name is another one for the noun above it: "the force, MNJTF", "the mission, known as SAMIDRC"."""
    known = name.head.lower_ == "as" and name.head.head.lemma_.lower() in word_list("references")["naming"]
    return name.dep_ == "appos" or known


def _holder(office: Token, cast: Cast) -> Mention | None:
    """Who holds an office, by name: "President Ruto", "the president of Somalia, Hassan Sheikh Mohamud"."""
    for child in office.children:
        mention = cast.at.get(child.i)
        if child.dep_ in ("appos", "compound", "flat:name") and mention and mention.kind == "person":
            return mention
    for token in office.doc[office.i + 1 : min(office.i + _NAME, office.sent.end)]:
        mention = cast.at.get(token.i)
        if mention is not None and mention.kind == "person":
            return mention
        if token.pos_ not in ("ADP", "DET", "PROPN", "NOUN", "ADJ") and token.text != "," and not mention:
            return None
    return None


def _described(token: Token, cast: Cast) -> Mention | None:
    """ "a multinational force", "the mission in Haiti" without a name: as its words describe it."""
    described = any(c.dep_ in ("amod", "compound") and c.i not in cast.at for c in token.lefts)
    if indefinite(token) and described:
        return Mention(token.i, token.i + 1, _printed(token, cast), "mission")
    inside = [g for c in token.children if c.dep_ == "prep" and c.lower_ in ("in", "for") for g in c.children]
    state = next((m for g in inside if (m := cast.at.get(g.i)) and m.kind in ("state", "place", "capital")), None)
    of = [(c, m) for c in token.lefts if (m := cast.at.get(c.i)) is not None and m.kind == "igo"]
    if of and not indefinite(token) and cast.last("mission", before=token) is None:
        where = f" in {state.name}" if state is not None else ""
        tied = of[0][0].nbor(1).text == "-"  # "the UN-backed mission" need not be the UN's
        name = _printed(token, cast) if tied else f"{of[0][1].name} {token.text}"
        return Mention(token.i, token.i + 1, f"{name}{where}", "mission")
    if state is not None and cast.last("mission", before=token) is None:
        return Mention(token.i, token.i + 1, f"{_printed(token, cast)} in {state.name}", "mission")
    return None


def _counted_before(token: Token) -> Token | None:
    """ "one peacekeeper was killed and three others wounded": the others are peacekeepers."""
    before = [t for t in token.sent if t.i < token.i and t.pos_ == "NOUN"]
    people = [t for t in before if classes_of(flat(t.lemma_)) & {"personnel", "civilians"}]
    return people[-1] if people and "civilians" not in classes_of(flat(people[-1].lemma_)) else None


def _office(token: Token) -> str:
    left = [c.text for c in token.lefts if c.dep_ == "compound" and c.pos_ in ("NOUN", "PROPN")]
    return " ".join([*left, token.text]).capitalize()


def _compound(word: Token) -> str:
    """An adjective with what a hyphen ties to it: "United Nations-backed"."""
    tied = word.i > 1 and word.nbor(-1).text == "-" and word.nbor(-1).head == word
    return word.doc[word.left_edge.i : word.i + 1].text if tied else word.text


def _printed(token: Token, cast: Cast) -> str:
    """The noun with the adjectives before it, without articles and numbers."""
    words = [
        c
        for c in token.lefts
        if c.dep_ in ("amod", "compound")
        and c.pos_ != "NUM"
        and c.lower_ not in _PLAIN
        and c.text.replace("-", "").isalpha()
    ]
    words = [
        c
        for c in words
        if c.i not in cast.at and c.lower_ not in ("suspected", "alleged", "more", "many", "additional")
    ]
    return re.sub(r"\s+", " ", " ".join([*(_compound(c) for c in words), token.text])).strip()
