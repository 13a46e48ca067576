"""People that a document names: title and name, name and apposition, known holders, and later the surname alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from communique.actors.phrases import POSSESSIVE, Hit, Scene
from communique.actors.resolver import DEPUTY, FORMER, NOT_YET, Identity, Resolver
from communique.actors.roles import Match, Role

_PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "abu",
        "de",
        "da",
        "do",
        "dos",
        "del",
        "della",
        "di",
        "du",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
        "ter",
        "bint",
        "ul",
        "as",
    ]
)
_NOT_NAMES = frozenset({"DET", "PRON", "ADP", "CCONJ", "SCONJ", "AUX", "ADV", "PART", "INTJ", "NUM", "PUNCT", "SPACE"})
_CALENDAR = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "islam",
        "christianity",
        "ramadan",
        "christmas",
        "easter",
    ]
)
_MONTHS_AND_NAMES = frozenset({"may", "april", "june", "august"})
_QUALIFIERS = FORMER | NOT_YET | DEPUTY
_INITIALS = re.compile(r"[A-Z][A-Z&-]{1,6}")
_TOWARDS = frozenset({"by", "to", "with", "against", "between", "from"})
_SPAN = 10
_MAX_NAME = 8


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person named in the document: token indices, end exclusive.

    Attributes:
        start: first word of the title, or of the name where it has none.
        name: the name alone.
        title: the role phrase that stands with the name.
        sure: whether title, lexicon or an earlier mention tells that this is a person.
    """

    start: int
    end: int
    name_start: int
    name: str
    identity: Identity
    sure: bool
    title: Match | None = None


@dataclass(frozen=True, slots=True)
class TitleReading:
    """A title as read from the words before or after a name."""

    start: int
    identity: Identity
    match: Match


class Persons:
    """The people of one document, found in one pass; a token tells the mention that it belongs to."""

    def __init__(self, scene: Scene, resolver: Resolver) -> None:
        self._scene = scene
        self._resolver = resolver
        self._by_family: dict[str, PersonMention] = {}
        self.mentions: list[PersonMention] = []
        self.of_token: dict[int, PersonMention] = {}
        for start, end in self._runs():
            mention = self._read(start, end)
            if mention is not None:
                self._remember(mention)

    def before(self, index: int) -> Iterator[PersonMention]:
        """The mentions that end before a token, the nearest first."""
        return (mention for mention in reversed(self.mentions) if mention.end <= index)

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Stretches of capitalised words that belong to no name of the lexicon and to no title."""
        doc, texts, hits, at = self._scene.doc, self._scene.texts, self._scene.hit_of, 0
        while at < len(doc):
            if not texts[at][0].isupper() or at in hits or not self._starts_name(doc[at]):
                at += 1
                continue
            end = at + 1
            while end < len(doc) and end - at < _MAX_NAME and (step := self._continues(end)):
                end += step
            yield at, end
            at = end

    def _starts_name(self, token: Token) -> bool:
        if token.pos_ in _NOT_NAMES:
            return False
        if token.is_sent_start and token.pos_ not in ("PROPN", "NOUN", "X"):
            return False
        if _INITIALS.fullmatch(token.text) and not self._capital(token.i + 1):
            return False
        return token.lower_ not in _CALENDAR and not self._in_title(token.i)

    def _digit(self, index: int) -> bool:
        return index < len(self._scene.texts) and self._scene.texts[index][0].isdigit()

    def _capital(self, index: int) -> bool:
        return index < len(self._scene.texts) and self._scene.texts[index][0].isupper()

    def _in_title(self, index: int) -> bool:
        """Whether the word is a role's: not where it ends a name ('John Major')."""
        match = self._scene.role_of.get(index)
        if match is None:
            following = next(
                (self._scene.role_of.get(index + n) for n in (1, 2, 3) if index + n in self._scene.role_of),
                None,
            )
            return (following is not None and following.start <= index < following.end) or any(
                other.start <= index < other.end for other in self._roles_behind(index)
            )
        if match.role.kind == "body" or match.end - match.start > 1:
            return True
        previous = self._scene.doc[index - 1] if index else None
        following_token = self._scene.doc[index + 1] if index + 1 < len(self._scene.doc) else None
        closes = (
            previous is not None
            and previous.text[0].isupper()
            and previous.pos_ == "PROPN"
            and not (previous.is_sent_start and previous.lower_ in _QUALIFIERS)
            and index - 1 not in self._scene.hit_of
            and index - 1 not in self._scene.role_of
            and index not in (match.start + 1,)
        )
        opens = following_token is not None and following_token.text[0].isupper() and following_token.pos_ == "PROPN"
        return not closes or opens

    def _roles_behind(self, index: int) -> Iterator[Match]:
        for back in range(1, 4):
            match = self._scene.role_of.get(index - back)
            if match is not None:
                yield match

    def _continues(self, index: int) -> int:
        """How many words from here on go on with a name: none, one, or two where a hyphen or particle joins."""
        doc = self._scene.doc
        token = doc[index]
        if token.is_sent_start:
            return 0
        if token.text[0].isupper() and token.i not in self._scene.hit_of:
            plain = token.pos_ not in ("DET", "ADP", "CCONJ", "SCONJ", "PRON", "PART")
            dated = token.lower_ in _CALENDAR and (token.lower_ not in _MONTHS_AND_NAMES or self._digit(index + 1))
            return 1 if plain and not dated and not self._in_title(index) else 0
        if token.text[0].isupper() and self._scene.hit_of[index].entity.sort in ("people", "none"):
            return 1
        joins = token.text == "-" or token.lower_ in _PARTICLES
        if joins and index + 1 < len(doc):
            step = 1 if doc[index + 1].text[0].isupper() and index + 1 not in self._scene.hit_of else 0
            if not step and (doc[index + 1].text == "-" or doc[index + 1].lower_ in _PARTICLES):
                step = self._continues(index + 1)
            return 1 + step if step else 0
        return 0

    def _read(self, start: int, end: int) -> PersonMention | None:
        name = self._scene.doc[start:end].text
        title = self._title_before(start) or self._title_after(end)
        if title is not None and title.match.role.kind not in ("person", ""):
            return None
        known = self._earlier(name)
        if known is not None and (
            title is None or known.identity.country == title.identity.country or not title.identity.country
        ):
            identity = replace(
                known.identity, confidence=min(0.9, known.identity.confidence), why=f"as {known.name} before"
            )
            if title is not None and title.identity.office and not known.identity.office:
                identity = replace(identity, office=title.identity.office, sector=title.identity.sector)
            return PersonMention(min(start, title.start) if title else start, end, start, name, identity, known.sure)
        person = self._resolver.people.named(name) or self._resolver.people.of_family(name)
        identity_known = None
        if person and (title is not None or len(name.split()) > 1 or self._acts(end - 1)):
            identity_known = self._resolver.person(name, title.identity if title else None, self._scene.day)
        if title is not None:
            identity = self._with_title(name, title, identity_known)
            return PersonMention(min(start, title.start), end, start, name, identity, True, title.match)
        if identity_known is not None:
            return PersonMention(start, end, start, name, identity_known, True)
        if self._looks_personal(start, end):
            unknown = Identity(name, "person", confidence=0.3, why="name without title")
            return PersonMention(start, end, start, name, unknown, False)
        return None

    def _looks_personal(self, start: int, end: int) -> bool:
        """Whether an unknown name stands where people stand: subject, object, 'by', 'to', 'with'."""
        doc = self._scene.doc
        if any(token.pos_ != "PROPN" and token.text[0].isupper() for token in doc[start:end]):
            return False
        top = doc[end - 1]
        while top.dep_ == "conj" and top.head is not top:
            top = top.head
        if top.dep_ in ("nsubj", "nsubjpass") and top.head.pos_ == "VERB":
            return True
        if end - start == 1:
            return False
        if top.dep_ == "pobj":
            return top.head.lower_ in _TOWARDS
        return top.dep_ in ("dobj", "dative")

    def _with_title(self, name: str, title: TitleReading, known: Identity | None) -> Identity:
        if known is None:
            return replace(title.identity, name=name, kind="person", office_holder="")
        if title.identity.sector and (known.sector != title.identity.sector or not known.office):
            if title.identity.sector == "ELI" or not known.sector:
                return replace(known, sector=title.identity.sector, subsector=title.identity.subsector)
        return known

    def _earlier(self, name: str) -> PersonMention | None:
        words = [word for word in name.replace("-", " ").split() if word.lower() not in _PARTICLES]
        if not words:
            return None
        known = self._by_family.get(words[-1].lower())
        if known is None or known.name == name:
            return known
        if len(words) == 1:
            return known
        first = words[0].rstrip(".")
        return known if len(first) <= 2 and known.name.startswith(first[0]) else None

    def _remember(self, mention: PersonMention) -> None:
        self.mentions.append(mention)
        for index in range(mention.start, mention.end):
            hit = self._scene.hit_of.get(index)
            if index >= mention.name_start or hit is None:
                self.of_token[index] = mention
        words = [word for word in mention.name.replace("-", " ").split() if word.lower() not in _PARTICLES]
        if words and (mention.sure or words[-1].lower() not in self._by_family):
            self._by_family[words[-1].lower()] = mention

    def _acts(self, index: int) -> bool:
        """Whether the word heads a phrase in a place of the clause where people stand."""
        token = self._scene.doc[index]
        return token.dep_ in (
            "nsubj",
            "nsubjpass",
            "dobj",
            "pobj",
            "conj",
            "appos",
            "poss",
            "ROOT",
            "dative",
            "attr",
        )

    def _title_before(self, start: int) -> TitleReading | None:
        """The title that ends where the name begins: directly, before its country, or before a comma."""
        at = self._skip_honorifics(start)
        scene = self._scene
        match = scene.role_end.get(at)
        if match is None and at > 1:
            hit = scene.hit_of.get(at - 1)
            if hit is not None and hit.start > 1 and hit.identity.kind != "place":
                match = self._role_with_of(hit)
            elif scene.lower[at - 1] == "," and scene.doc[at - 1].sent == scene.doc[start].sent:
                match = self._role_before_comma(at - 1, start)
        if match is None:
            honour = scene.role_end.get(start)
            if honour is None or at == start:
                return None
            return TitleReading(at, Identity("", "person", confidence=0.3, why="honorific"), honour)
        return self.reading(match)

    def _skip_honorifics(self, at: int) -> int:
        while (match := self._scene.role_end.get(at)) is not None and match.role.honorific:
            at = match.start
        return at

    def _role_with_of(self, hit: Hit) -> Match | None:
        """'Minister of Foreign Affairs of Kazakhstan' before a name: the role before 'of' and the country."""
        before = hit.start - 1
        if self._scene.lower[before] == "the":
            before -= 1
        return self._scene.role_end.get(before) if before > 0 and self._scene.lower[before] in ("of", "for") else None

    def _role_before_comma(self, comma: int, start: int) -> Match | None:
        """'Qatar's emir, Sheikh Hamad': an apposition, not a list."""
        name = self._scene.doc[start]
        for index in range(comma - 1, max(-1, comma - _SPAN), -1):
            match = self._scene.role_of.get(index)
            if match is not None and match.role.kind == "person":
                between = self._scene.lower[match.end : comma]
                plain = not between or between[0] in ("of", "for", "to", "in")
                linked = self._appositive(self._scene.doc[index], name)
                return match if plain and linked and "," not in between else None
        return None

    def _appositive(self, role: Token, name: Token) -> bool:
        top = name
        for _ in range(4):
            if top.dep_ == "appos":
                return top.head == role or top.head.i in range(role.i - 3, name.i)
            if top.head == role or top.head is top:
                break
            top = top.head
        if role.dep_ == "appos":
            return True
        return top.dep_ in ("compound", "nsubj", "npadvmod") and name.sent == role.sent and self._singular(role)

    def _singular(self, role: Token) -> bool:
        return role.tag_ not in ("NNS", "NNPS")

    def _title_after(self, end: int) -> TitleReading | None:
        """'Saeb Erekat, chief Palestinian negotiator': the apposition after a name."""
        doc, lower = self._scene.doc, self._scene.lower
        if end + 1 >= len(doc) or lower[end] not in (",", "("):
            return None
        head = next((c for c in doc[end - 1].children if c.dep_ == "appos" and c.i > end), None)
        indices = [head.i] if head is not None else []
        for index in range(end + 1, min(len(doc), end + _SPAN)):
            if lower[index] in (",", ")", ";", ".") or doc[index].pos_ in ("VERB", "AUX"):
                break
            indices.append(index)
        for index in indices:
            match = self._scene.role_of.get(index)
            if match is not None and match.role.kind == "person" and not match.role.honorific:
                if doc[index].tag_ in ("NNS", "NNPS") or any(
                    t in (",", ";") for t in lower[end + 1 : max(end + 1, match.start)]
                ):
                    return None
                reading = self.reading(match)
                return replace(reading, start=end)
        return None

    def reading(self, match: Match) -> TitleReading:
        """A role phrase with the country or organisation and the qualifiers that stand around it."""
        start, owner, qualifiers, body = self._leftwards(match)
        if owner is None:
            owner = self._rightwards(match)
        identity = self._resolver.compose(match.role, owner, qualifiers, body, self._scene.day)
        return TitleReading(start, identity, match)

    def _leftwards(self, match: Match) -> tuple[int, Identity | None, frozenset[str], Role | None]:
        scene, doc = self._scene, self._scene.doc
        at, owner, body, start = match.start, None, None, match.start
        qualifiers: set[str] = set()
        within = next((scene.hit_of[i] for i in range(match.start, match.head) if i in scene.hit_of), None)
        if within is not None and within.entity.sort != "none" and not scene.is_compounded(within):
            owner = within.identity
        if "-" in scene.lower[match.end : match.end + 1] and match.end + 1 < len(doc):
            qualifiers |= {scene.lower[match.end + 1]} & NOT_YET
        while at > 0 and match.start - at < _SPAN and not doc[at].is_sent_start:
            previous = at - 1
            hit = scene.hit_of.get(previous)
            if hit is not None:
                if hit.entity.sort != "none" and not scene.is_compounded(hit) and owner is None:
                    owner, start = hit.identity, hit.start
                at = hit.start
                continue
            word, token = scene.lower[previous], doc[previous]
            if word in POSSESSIVE or word == "-":
                at = previous
                continue
            inner = scene.role_end.get(at)
            if inner is not None and inner.start < at and owner is None:
                body = body or inner.role
                at = start = inner.start
                continue
            plain = token.pos_ in ("ADJ", "NOUN", "PROPN") or token.dep_ == "amod"
            if not plain or word in _CALENDAR or (owner and word not in _QUALIFIERS):
                break
            qualifiers |= {word} & _QUALIFIERS
            at = previous
            adjacent = start == at + 1 and token.dep_ in ("amod", "compound", "nmod")
            start = at if word in _QUALIFIERS or adjacent else start
        return start, owner, frozenset(qualifiers), body

    def _rightwards(self, match: Match) -> Identity | None:
        lower = self._scene.lower
        at = match.end
        if at >= len(lower) or lower[at] not in ("of", "for", "in"):
            return None
        for index in range(at + 1, min(at + 6, len(lower))):
            hit = self._scene.hit_of.get(index)
            if hit is not None:
                return hit.identity if hit.entity.sort != "none" else None
            if lower[index] in (",", ".", "who", "and") or self._scene.doc[index].pos_ == "VERB":
                return None
        return None
