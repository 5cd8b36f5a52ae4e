"""Who is named in a document, who is behind a common noun ("Kenyan police"), and what "it" or "both countries" mean."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from garant.reading.gazetteer import Gazetteer, Known, flat
from garant.reading.memory import Memory, Mention
from garant.reading.naming import acronyms, bare, defined_class, kind_of_body, lies_in, names_instrument
from garant.reading.nouns import classes_of
from garant.reading.words import word_list, word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_TITLES = re.compile(rf"^(?:(?:{'|'.join(map(re.escape, word_list('sets')['titles']))})\.?\s+)+", re.IGNORECASE)
_GROUP_WORDS = word_set("armed_groups")
_LOCATIVE = word_set("locative")
_PERSON_PRONOUNS = word_set("person_pronouns")
_THING_PRONOUNS = word_set("thing_pronouns")


class Cast:
    """The names of one document as reading goes on: the last ones of each kind, how often each state was named."""

    def __init__(self, gazetteer: Gazetteer, home: str | None = None) -> None:
        self._gazetteer = gazetteer
        self._home = home
        self.states: Counter[str] = Counter()
        self._recent: list[Mention] = []
        self._surnames: dict[str, str] = {}
        self._acronyms: dict[str, Mention] = {}
        self.memory = Memory()
        self._topic: Mention | None = None
        self.at: dict[int, Mention] = {}
        self.found: list[Mention] = []

    def enter(self, doc: Doc) -> None:
        """Find the mentions of a paragraph; `at` maps each of its tokens to the mention that covers it."""
        self.at, self.found = {}, []
        self.memory.things |= {
            letters: meant
            for bracket, _, _, letters in acronyms(doc)
            if (meant := defined_class(doc, bracket)) is not None
        }
        for start, end, known in self._gazetteer.find(doc):
            self._note(self._known(doc, start, end, known))
        for ent in doc.ents:
            if not any(i in self.at for i in range(ent.start, ent.end)):
                mention = self._unknown(ent)
                if mention:
                    self._note(mention)
            elif ent.label_ in ("ORG", "PERSON"):
                self._behind_a_state(doc, ent)
        for token in doc:
            if token.i not in self.at and token.pos_ == "PROPN" and token.text in self._surnames:
                self._note(Mention(token.i, token.i + 1, self._surnames[token.text], "person"))
        self._define_acronyms(doc)
        self.memory.note_states(doc, self.found)
        self.found.sort(key=lambda m: m.start)

    def pass_sentence(self, sentence: Span) -> None:
        """The sentence has been read: what it named is what pronouns after it may mean."""
        subject = next((c for c in sentence.root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        self._topic = self.at.get(subject.i) if subject is not None else None
        for mention in self.found:
            if sentence.start <= mention.start < sentence.end:
                self._recent.append(mention)
                if mention.kind in ("state", "capital") and mention.entity:
                    self.states[mention.entity] += 1
        del self._recent[:-60]

    def survey(self, docs: list[Doc]) -> None:
        """Count the states named in a whole document, so that "the government" of its first line has one."""
        for doc in docs:
            self.enter(doc)
            self.memory.lies_in.update(lies_in(doc, self.found))
            for _, _, known in self._gazetteer.find(doc):
                states = {k.entity for k in known if k.kind == "state"}
                if len(states) == 1:
                    self.states[str(states.pop())] += 1

    def within(self, start: int, end: int, *kinds: str) -> list[Mention]:
        """Mentions of some kinds between two tokens."""
        return [m for m in self.found if start <= m.start < end and (not kinds or m.kind in kinds)]

    def last(self, *kinds: str, before: Token | None = None) -> Mention | None:
        """The last mention of some kinds before a token (in its sentence or above)."""
        if before is not None:
            here = [m for m in self.found if before.sent.start <= m.start and m.end <= before.i and m.kind in kinds]
            if here:
                return here[-1]
            if self._topic is not None and self._topic.kind in kinds:
                return self._topic
        return next((m for m in reversed(self._recent) if m.kind in kinds), None)

    def recall(self, mission: Mention) -> None:
        """A mission that the text describes without a name has been told of: "the mission" may be it."""
        if all(m is not mission for m in (*self.found, *self._recent[-1:])):
            self._recent.append(mission)

    def mission_in(self, state: Mention, token: Token) -> tuple[Mention | None, bool]:
        """The last mission before a token whose name tells that it is in a state; and whether the last is elsewhere."""
        last = self.last("mission", before=token)
        for mention in (*([last] if last else []), *(m for m in reversed(self._recent) if m.kind == "mission")):
            if state.name in self._gazetteer.states_in(mention.entity, mention.name):
                return mention, False
        return None, last is not None and bool(self._gazetteer.states_in(last.entity, last.name))

    def salient_state(self) -> Mention | None:
        """The case's country if it is named, else the state named most often (a guess), else None."""
        if self._home and self.states[self._home]:
            return self.state(self._home)
        ranked = self.states.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        return replace(self.state(ranked[0][0]), guessed=True)

    def pair(self, token: Token) -> list[Mention]:
        """The two states (or persons) that "both countries" (or "the two leaders") mean."""
        return self.pair_of("person" if flat(token.lemma_) in {"leader", "president", "minister"} else "state", token)

    def pair_of(self, kind: str, token: Token) -> list[Mention]:
        """The two of a kind named last before a token; empty if there are fewer."""
        seen: list[Mention] = []
        here = [m for m in self.found if token.sent.start <= m.start < token.i]
        for mention in reversed([*self._recent, *here]):
            state = self._as_state(mention) if kind == "state" else mention
            if state and state.kind == kind and all(state.name != s.name for s in seen):
                seen.append(state)
            if len(seen) == 2:  # noqa: PLR2004  # a pair
                break
        return seen if len(seen) == 2 else []  # noqa: PLR2004  # a pair

    def nations(self, noun: Token) -> list[Mention]:
        """The states beside a noun: "Kenyan police", "Chad's army", "troops from Mali and Niger", "its forces"."""
        found: list[Mention] = []
        for child in noun.children:
            mention = self.at.get(child.i)
            if child.dep_ in ("amod", "compound", "poss", "nmod", "appos", "nummod", "npadvmod") and mention:
                found += self._state_and_partners(child, mention)
            elif child.dep_ == "poss" and child.lower_ in _THING_PRONOUNS | _PERSON_PRONOUNS:
                owner = self.last("state", "capital", "military", "igo", "mission", before=child)
                found += [m for m in (self._as_state(owner),) if m]
            elif child.dep_ == "prep" and child.lower_ == "in" and "government" in classes_of(flat(noun.lemma_)):
                seats = [m for g in child.children if (m := self.at.get(g.i)) and m.kind == "capital"]
                found += [s for m in seats if (s := self._as_state(m)) is not None]  # "the junta in Bamako"
            elif child.dep_ == "prep" and child.lower_ in ("from", "of", "by"):
                for inner in child.children:
                    if inner.dep_ == "pobj" and (mention := self.at.get(inner.i)):
                        found += self._state_and_partners(inner, mention)
                    elif inner.dep_ == "pobj" and child.lower_ == "of" and "soldiers" in classes_of(flat(inner.lemma_)):
                        found += self.nations(inner)  # "two battalions of Chadian troops"
            elif child.dep_ in ("nmod", "poss") or (child.dep_ == "poss" and child.pos_ != "PRON"):
                found += [m for m in self.nations(child) if child.dep_ == "poss"]
        left = noun.i - 1
        if not found and left in self.at and noun.sent.start <= left and self.at[left].kind == "state":
            found.append(self.at[left])
        adjectives = [m for m in found if m.demonym]
        return adjectives or [m for m in found if m.kind in ("state", "igo")]

    def _state_and_partners(self, token: Token, mention: Mention) -> list[Mention]:
        both = [mention]
        for child in token.rights:
            if child.dep_ == "conj" and (other := self.at.get(child.i)):
                both += self._state_and_partners(child, other)
        return [s for m in both if (s := self._as_state(m)) is not None]

    def _as_state(self, mention: Mention | None) -> Mention | None:
        if mention is None:
            return None
        if mention.kind in ("state", "igo"):
            return mention
        if mention.kind in ("capital", "military", "police") and mention.country:
            return self.state(mention.country)
        return None

    def state_around(self, place: Mention) -> Mention | None:
        """The state in which the document says a place lies: "Gao, in northern Mali"; None if it does not."""
        code = self.memory.lies_in.get(place.name)
        return self.state(code) if code else None

    def state(self, code: str) -> Mention:
        """The mention of a state by its code."""
        return Mention(-1, -1, self._gazetteer.label(code), "state", code)

    def army_of(self, state: Mention) -> Mention:
        """The armed forces of a state: the registered ones, else by their plain name."""
        known = self._gazetteer.armies.get(str(state.entity))
        if known:
            return Mention(-1, -1, known.name, "military", known.entity, False, state.entity, state.guessed)
        return Mention(-1, -1, f"Armed forces of {state.name}", "military", None, False, state.entity, state.guessed)

    def police_of(self, state: Mention) -> Mention:
        """The police of a state: the registered ones, else by their plain name."""
        known = self._gazetteer.police.get(str(state.entity))
        name, entity = (known.name, known.entity) if known else (f"Police of {state.name}", None)
        return Mention(-1, -1, name, "police", entity, False, state.entity, state.guessed)

    def council(self) -> Mention:
        """Whose resolution this is: the council named last, else the Security Council."""
        named = (
            m
            for m in reversed([*self._recent, *self.found])
            if m.kind in ("institution", "igo") and "Council" in m.name
        )
        return next(named, Mention(-1, -1, "UN Security Council", "institution", "unsc"))

    def named_like(self, token: Token) -> Mention | None:
        """The body named above whose name holds this word: "the Committee"."""
        word = flat(token.text)
        return next(
            (
                m
                for m in reversed(self._recent)
                if m.kind == "institution" and word in flat(m.name).split() and len(m.name.split()) > 1
            ),
            None,
        )

    def pronoun(self, token: Token, wanted: list[str]) -> Mention | None:
        """What a pronoun stands for: the last person, or the last state, organisation or force, before it."""
        word = token.lower_
        if (ahead := self._ahead(token, wanted)) is not None:
            return ahead
        if word in _PERSON_PRONOUNS:
            return self.last("person", before=token)
        if word in _THING_PRONOUNS:
            kinds = (
                "state",
                "igo",
                "mission",
                "military",
                "police",
                "armed_group",
                "institution",
                "company",
                "capital",
            )
            first = self.last(wanted[0], before=token) if wanted and wanted[0] in kinds else None
            mention = first or self.last(*kinds, before=token)
            return self._as_state(mention) if mention and mention.kind == "capital" else mention
        return None

    def _ahead(self, token: Token, wanted: list[str]) -> Mention | None:
        """ "In line with its mandate, MONUSCO …": an owner that the main clause names after it."""
        if token.dep_ != "poss" or token.head.dep_ not in ("pobj", "dobj"):
            return None
        subject = next((c for c in token.sent.root.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is None or subject.i < token.i:
            return None
        mention = self.at.get(subject.i)
        return mention if mention is not None and mention.kind in wanted else None

    def _note(self, mention: Mention) -> None:
        self.found.append(mention)
        for i in range(mention.start, mention.end):
            self.at[i] = mention

    def _known(self, doc: Doc, start: int, end: int, known: list[Known]) -> Mention:
        best = known[0]
        if len(known) > 1:
            states = [k for k in known if k.kind == "state"]
            ranked = sorted(states or known, key=lambda k: -self.states[str(k.entity or "")])
            best = ranked[0]
            if states and self.states[str(best.entity)] == 0 and any(k.entity == "COD" for k in states):
                best = next(k for k in states if k.entity == "COD")  # "Congo" alone is mostly the larger one
        name = best.name
        acronym = self._acronyms.get(doc[start:end].text)
        if acronym is not None and best.how in ("acronym", "short") and acronym.entity:
            return replace(acronym, start=start, end=end)
        return Mention(start, end, name, best.kind, best.entity, best.how == "demonym", best.country)

    def _unknown(self, ent: Span) -> Mention | None:  # noqa: PLR0911, PLR0912  # one answer for each label
        text = ent.text.strip(" .,'’\"“”")
        if text.lower() in ("council", "the council"):
            return None  # which one, the noun tells by what was named before
        if text in self._acronyms:
            return replace(self._acronyms[text], start=ent.start, end=ent.end)
        before = ent[0].nbor(-1).lower_ if ent.start > 0 else ""
        after = ent[-1].nbor(1).lower_ if ent.end < len(ent.doc) else ""
        label = ent.label_
        if not re.search(r"[A-ZÀ-Þ]", text):
            return None
        if after in _GROUP_WORDS and label == "NORP":
            return None  # "Islamic extremists" are named by the noun
        if (
            after in _GROUP_WORDS
            and label in ("ORG", "NORP", "PERSON", "GPE", "MISC")
            and not _GROUP_WORDS & set(text.lower().split()[-1:])
        ):
            return Mention(ent.start, ent.end, bare(text), "armed_group")
        if label in ("PERSON", "PER"):
            plain = _TITLES.sub("", re.sub(r"['’]s?$", "", text))
            words = word_list("places")
            if plain not in self._surnames.values() and (before in words["inside"] or after in words["kinds"]):
                self.memory.places.add(plain)
            if plain in self.memory.places or plain in self.memory.lies_in:
                return Mention(ent.start, ent.end, plain, "place")
            if " " not in plain and plain not in self._surnames and (before in _LOCATIVE or plain == text):
                return Mention(ent.start, ent.end, plain, "place" if before in _LOCATIVE else "person")
            return self._person(ent, plain)
        if label in ("GPE", "LOC", "FAC"):
            if text in self._surnames:
                return self._person(ent, text)
            return Mention(ent.start, ent.end, bare(text), "place")
        if label == "ORG" and (
            text in word_list("metonyms")["concepts"] or names_instrument(text) or text in self.memory.things
        ):
            return Mention(ent.start, ent.end, bare(text), "instrument")
        if label == "ORG":
            if text.split()[-1] in self._surnames and len(text.split()) <= 2:  # noqa: PLR2004  # a name, not a body
                return self._person(ent, text)
            return Mention(ent.start, ent.end, bare(text), kind_of_body(text))
        if label == "NORP":
            return Mention(ent.start, ent.end, bare(text), "ethnic_group")
        return None

    def _behind_a_state(self, doc: Doc, ent: Span) -> None:
        """A name that begins with a state's: "the Malian Armed Forces", "President of Mali Assimi Goïta"."""
        first = self.at.get(ent.start)
        if first is None or first.kind not in ("state", "person") or first.end >= ent.end or first.end in self.at:
            return
        kind = kind_of_body(ent.text)
        if first.demonym and ent.label_ == "ORG" and kind in ("military", "police") and ent[-1].text[:1].isupper():
            self._drop(first.start, first.end)
            self._note(Mention(ent.start, ent.end, bare(ent.text), kind, None, False, first.entity))
        elif first.kind == "person" or (
            first.start > 1
            and doc[first.start - 1].lower_ == "of"
            and "office" in classes_of(flat(doc[first.start - 2].lemma_))
        ):
            rest = doc[first.end : ent.end]
            self._note(self._person(rest, re.sub(r"['’]s?$", "", rest.text)))

    def _person(self, ent: Span, plain: str) -> Mention:
        surname = plain.rsplit(maxsplit=1)[-1] if plain else ent.text
        if " " in plain:
            self._surnames[surname] = plain
            full = plain
        else:
            full = self._surnames.get(surname, plain)
        return Mention(ent.start, ent.end, full, "person")

    def _define_acronyms(self, doc: Doc) -> None:
        """ "the Multinational Security Support (MSS) mission": the letters stand for the name before them."""
        for bracket, start, end, letters in acronyms(doc):
            mention = self.at.get(bracket - 1)
            if (
                mention is None
                or letters in self.memory.things
                or mention.demonym
                or mention.kind in ("state", "place")
            ):
                continue
            after = doc[end + 1].lower_ if end + 1 < len(doc) else ""
            if mention.kind == "institution" and mention.entity is None and kind_of_body(after) == "mission":
                self._drop(mention.start, mention.end)  # "the … Support (MSS) mission": the noun after tells its kind
                mention = replace(mention, kind="mission")
                self._note(mention)
            known = self.at.get(start)
            if known is None or known.entity is None:
                self._acronyms.setdefault(letters, mention)
                self._drop(start, end)
                self._note(replace(mention, start=start, end=end))
            elif mention.entity is None:  # the register knows the letters, and not the long name
                self._drop(mention.start, mention.end)
                self._note(replace(known, start=mention.start, end=mention.end))

    def _drop(self, start: int, end: int) -> None:
        self.found = [m for m in self.found if not start <= m.start < end]
        for i in range(start, end):
            self.at.pop(i, None)
