"""Role nouns: from 'riot police' and 'Minister of Foreign Affairs' to sectors and plain names of offices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.actors.gazetteer import fold
from communique.actors.lexicon import Lexicon

_WORDS = re.compile(r"'s\b|\w'\w{2,}|\w+(?:\.\w+)*\.?|'")
_RELATORS = frozenset({"of", "for", "in", "to", "without", "at"})
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "people": "people",
    "children": "child",
    "wives": "wife",
    "thieves": "thief",
    "chiefs": "chief",
}


@dataclass(frozen=True, slots=True)
class Role:
    """What a role noun tells.

    Attributes:
        phrase: its words, singular and in lower case.
        office: plain name of the office, where it is one ('foreign minister').
        kind: person, group, body or weapon.
        weak: counts only where the phrase itself names the country or organisation.
        plural: in the singular it is weak ('authorities', 'forces').
        instead: the country that alone has the office ('taoiseach'), or IGO, NGO, MNC or ISM in the place of a country;
            where the phrase names none.
        honorific: stands before a name and tells no office.
        generic: takes the sector of whom it belongs to ('official', 'leader').
        other: the possessor is somebody else ('its neighbour').
    """

    phrase: str
    sector: str = ""
    subsector: str = ""
    office: str = ""
    kind: str = ""
    weak: bool = False
    plural: bool = False
    instead: str = ""
    honorific: bool = False
    generic: bool = False
    other: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A role found among words: indices of its first word, of its head, and of the word after its last.

    `weak` is that of the role, and holds too for a singular where the role wants the plural.
    """

    role: Role
    start: int
    head: int
    end: int
    weak: bool = False


# The words before the head, those after it, and the role.
_Phrase = tuple[tuple[str, ...], tuple[str, ...], Role]
_NOTHING: dict[str, list[_Phrase]] = {}


class RoleIndex:
    """Role phrases by the word that heads them; `heads` holds these words in singular and plural."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._by_head: dict[str, dict[str, list[_Phrase]]] = {}
        roles: dict[tuple[str, ...], Role] = {}
        for layer in lexicon.by_layer():
            _add_roles(layer, roles)
        for words, role in roles.items():
            at = next((n for n, word in enumerate(words) if word in _RELATORS and n), len(words))
            if at:
                before, after = words[: at - 1], tuple(word for word in words[at:] if word != "the")
                by_word_before = self._by_head.setdefault(words[at - 1], {})
                by_word_before.setdefault(before[-1] if before else "", []).append((before, after, role))
        self.heads = frozenset(form for head in self._by_head for form in (head, plural(head))) | frozenset(_IRREGULAR)
        for by_word_before in self._by_head.values():
            for word, options in by_word_before.items():
                options.sort(key=_shorter)
                if word:
                    by_word_before[word] = sorted([*options, *by_word_before.get("", ())], key=_shorter)

    def match(self, words: Sequence[str], head: int, lemma: str = "") -> Match | None:
        """The longest role phrase headed by `words[head]`; words are in lower case, hyphens are skipped.

        Args:
            words: lower-case words of the text.
            head: index of the head noun.
            lemma: what a lemmatiser makes of the head, tried beside our own singular.
        """
        previous = head - 1
        while previous >= 0 and words[previous] == "-":
            previous -= 1
        word_before = words[previous] if previous >= 0 else ""
        for form in dict.fromkeys((words[head], lemma, singular(words[head]))):
            by_word_before = self._by_head.get(form, _NOTHING)
            for before, after, role in by_word_before.get(word_before) or by_word_before.get("", []):
                start = _leftwards(words, head, before)
                end = _rightwards(words, head, after)
                if start is not None and end is not None:
                    weak = role.weak or (role.plural and form == words[head])
                    return Match(role, start, head, end, weak)
        return None

    def get(self, phrase: str) -> Role | None:
        """The role of exactly this phrase (singular, lower case)."""
        words = words_of(phrase)
        found = self.match(words, len(words) - 1) if words else None
        return found.role if found and found.start == 0 else None


def _add_roles(layer: Lexicon, roles: dict[tuple[str, ...], Role]) -> None:
    """Adds the roles of a layer: its nouns in place of all that is known of them, then its titles and relations."""
    for agent in layer.agents:
        notes = agent.notes
        roles[words_of(agent.word)] = Role(
            agent.word, agent.sector, agent.subsector, kind=agent.kind,
            weak="weak" in notes, plural="plural" in notes,
            instead=next((code for code in ("IGO", "NGO", "MNC", "ISM", "IMG") if code in notes.split()), ""),
        )  # fmt: skip
    for title in layer.titles:
        known = roles.get(words_of(title.phrase))
        roles[words_of(title.phrase)] = Role(
            title.phrase,
            title.sector or (known.sector if known else ""),
            title.subsector or (known.subsector if known else ""),
            title.office,
            known.kind if known and known.kind else "person",
            instead=title.country,
            honorific=title.honorific,
        )
    for noun in layer.relational:
        known = roles.get(words_of(noun.word), Role(noun.word))
        roles[words_of(noun.word)] = replace(
            known,
            sector=noun.sector,
            kind=noun.kind,
            weak=noun.weak,
            generic=noun.generic,
            other=noun.other,
        )


def _shorter(phrase: _Phrase) -> int:
    return -len(phrase[0]) - len(phrase[1])


def words_of(phrase: str) -> tuple[str, ...]:
    """The words of a role phrase as a parse has them, without hyphens."""
    return tuple(_WORDS.findall(fold(phrase).lower().replace("-", " ")))


def singular(word: str) -> str:
    """The singular of an English noun in lower case, by rule."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def plural(word: str) -> str:
    """The plural of an English noun in lower case, by rule; what `singular` undoes."""
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "sh", "ch", "x")):
        return word + "es"
    return word + "s"


def _leftwards(words: Sequence[str], head: int, wanted: tuple[str, ...]) -> int | None:
    at = head
    for word in reversed(wanted):
        at -= 1
        while at >= 0 and words[at] == "-":
            at -= 1
        if at < 0 or words[at] != word:
            return None
    return at


def _rightwards(words: Sequence[str], head: int, wanted: tuple[str, ...]) -> int | None:
    at = head
    for word in wanted:
        at += 1
        while at < len(words) and words[at] in ("-", "the"):
            at += 1
        if at >= len(words) or (words[at] != word and singular(words[at]) != word):
            return None
    return at + 1
