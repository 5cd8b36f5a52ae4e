"""Where the actors of a role come from: an argument, the sentence, or the text above, by the words of a frame."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from garant.reading.actors import actors_of
from garant.reading.cast import Cast
from garant.reading.conditions import THERE, Sentence, tokens_of
from garant.reading.gazetteer import flat
from garant.reading.grammar import Arguments
from garant.reading.memory import Mention
from garant.reading.nouns import classes_of, definite
from garant.reading.words import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token


def source_of(  # noqa: PLR0911  # one answer for each kind of source
    source: str, args: Arguments, sentence: Sentence, kinds: list[str], role: str, speaker: Token | None = None
) -> list[Mention]:
    """Who a source of a frame leads to: "subject", "object.nation", "any" of the sentence, "last" above, …"""
    cast = sentence.cast
    if source == "any" and role in ("attacker", "target"):
        groups = cast.within(sentence.span.start, sentence.span.end, "armed_group")
        return groups[:1] if role == "attacker" else []
    if source == "any":
        inside = [f for m in cast.within(sentence.span.start, sentence.span.end) if (f := _kind(m, kinds, cast))]
        inside = [m for m in inside if speaker is None or not m.start <= speaker.i < m.end]  # who speaks does not act
        if role == "provider":
            inside = [m for m in inside if not located(m, sentence) and not _left_or_entered(m, sentence)]
        if role == "host":
            inside = [m for m in inside if located(m, sentence)]
        if role == "authorizer":
            inside = [m for m in inside if _authorizes(m)]
        return inside
    if source in ("salient", "last", "known", "visit"):
        found = [m for m in _from_above(source, args, sentence, kinds) if m.kind in kinds]
        if role == "host" and source == "salient":
            found = _host_above(found, cast)
        if role == "provider":
            found = [m for m in found if not located(m, sentence)]  # "the mission in Sudan ended"
        return [m for m in found if role != "authorizer" or _authorizes(m)]
    if source.endswith(".nation"):
        return [
            m
            for t in tokens_of(source.removesuffix(".nation"), args, sentence)
            for m in cast.nations(t)
            if m.kind in kinds
        ]
    if source.startswith("after "):
        return _right_of(source.removeprefix("after "), args, sentence, kinds)
    if source == "around":  # states on both sides of "X-Y agreement", "between", or named in the sentence as a pair
        inside = [
            f
            for m in cast.within(sentence.span.start, sentence.span.end)
            if (f := _kind(m, kinds, cast))
            and f.kind in ("state", "armed_group", "igo")
            and not _of_mission(m, sentence)
        ]
        named = list({m.name: m for m in inside}.values())[:3]
        return named if len(named) > 1 else []
    return [m for t in tokens_of(source, args, sentence) for m in actors_of(t, cast, kinds)]


def senders_of(noun: Token, sentence: Sentence) -> list[Mention]:
    """The states that counted soldiers are of, by their own words: "24 Jamaican soldiers", "six Fijians"."""
    cast, doc = sentence.cast, sentence.span.doc
    named = cast.at.get(noun.i)
    if named is not None:
        return [named] if named.kind == "state" else []
    if nations := [m for m in cast.nations(noun) if m.kind == "state"]:
        return nations
    after = noun.i + 2  # "two officers from Belize", though the parser hangs the name on the verb
    beside = after < sentence.span.end and doc[after - 1].lower_ == "from"
    return [m for m in (cast.at.get(after),) if beside and m is not None and m.kind == "state"]


def _host_above(salient: list[Mention], cast: Cast) -> list[Mention]:
    """The one state that the text above tells to be a host, else the salient one if it does not only send soldiers."""
    hosts = cast.memory.hosts
    if all(m.guessed for m in salient) and len(hosts) == 1:
        return [replace(m, start=-1, end=-1, guessed=True) for m in hosts.values()]
    return [m for m in salient if not (m.guessed and m.name in cast.memory.senders and m.name not in hosts)]


def _right_of(word: str, args: Arguments, sentence: Sentence, kinds: list[str]) -> list[Mention]:
    """The first name that stands right after a preposition, to the right of the trigger: "from X, …, to Y"."""
    doc = sentence.span.doc
    for mention in sentence.cast.within(args.trigger.i, sentence.span.end, *kinds):
        before = mention.start - 1
        while before > args.trigger.i and doc[before].dep_ == "det":
            before -= 1
        if doc[before].lower_ == word:
            return [mention]
    return []


def located(mention: Mention, sentence: Sentence) -> bool:
    """Whether a name stands after a preposition of place: "in eastern Chad", "to the Congo"."""
    doc = sentence.span.doc
    if not sentence.span.start <= mention.start < sentence.span.end:
        return False  # of another sentence, or of no words of this text
    for i in range(mention.start - 1, max(sentence.span.start, mention.start - 3) - 1, -1):
        if doc[i].lower_ in THERE:
            return doc[i].lower_ not in ("from", "de")
        if doc[i].pos_ not in ("DET", "ADJ", "PROPN", "NOUN"):
            return False
    return False


def _authorizes(mention: Mention) -> bool:
    """Whether a body is one that authorises operations, and no news agency."""
    return "Council" in mention.name or mention.kind == "igo"


def _of_mission(mention: Mention, sentence: Sentence) -> bool:
    """ "under the UN mission": the organisation only tells which mission."""
    doc = sentence.span.doc
    after = doc[mention.end].lemma_.lower() if mention.end < len(doc) else ""
    return mention.kind == "igo" and bool(classes_of(after) & {"mission", "force"})


def _left_or_entered(mention: Mention, sentence: Sentence) -> bool:
    """ "2,000 soldiers left Somalia": where they were, and not whose they are."""
    token = sentence.span.doc[mention.end - 1]
    return token.dep_ in ("dobj", "obj") and token.head.lemma_.lower() in word_list("sets")["moving"]


def _kind(mention: Mention, kinds: list[str], cast: Cast) -> Mention | None:
    if mention.kind == "capital":
        return None
    if mention.kind == "place" and kinds == ["state"] and (state := cast.state_around(mention)) is not None:
        return replace(state, start=mention.start, end=mention.end)
    return mention if mention.kind in kinds else None


def _from_above(source: str, args: Arguments, sentence: Sentence, kinds: list[str]) -> list[Mention]:
    """Who the text above leads to: the salient state, the last name, whose plan it is, both sides of an occasion."""
    cast = sentence.cast
    if source == "salient":
        state = cast.salient_state()
        return [state] if state else []
    if source == "last":
        mention = cast.last(*kinds, before=args.trigger)
        return [mention] if mention else []
    if source == "known":
        tokens = [t for name in ("subject", "object", "self", "as") for t in tokens_of(name, args, sentence)]
        tokens += list(args.trigger.subtree)
        return [m for t in tokens for m in cast.memory.parties_of(t)]
    words = word_list("references")
    joint = any(flat(t.lemma_) in words["occasions"] and definite(t) for t in sentence.span)
    two_sided = any(t.lower_ in words["two_sided"] for t in sentence.span)
    return cast.pair_of("state", args.trigger) if joint or two_sided else []
