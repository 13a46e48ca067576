"""Bodies and mechanisms between states that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from communique.datafiles import packaged, read_yaml_entries
from communique.diplomacy.scene import Scene, distinct
from communique.diplomacy.things import Institution, InstitutionKind
from communique.diplomacy.wordings import DATA, load_sets
from communique.events.arguments import children, obliques
from communique.model import NO_STATES, Actor, Source
from communique.text.tree import Word

NOUNS = frozenset({"NOUN", "PROPN"})
BEFORE = frozenset({"compound", "amod", "nmod", "punct", "conj", "cc", "nummod", "poss"})
LINKS = frozenset({"of", "on", "for"})
INSIDE = frozenset({"det", "compound", "amod", "nmod", "prep", "pobj", "conj", "cc", "punct", "poss", "case", "nummod"})
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)|[ivxlc]+|\d+|(?:twenty|thirty|forty|fifty)-\w+", re.IGNORECASE)
_LONGEST = 22


@dataclass(frozen=True, slots=True)
class Body:
    """A kind of body.

    Attributes:
        heads: the nouns that name it.
        before: words one of which must stand before the noun where it is written small.
        named: whether it is one only by a name with capitals, or by what stands before it.
    """

    kind: InstitutionKind
    heads: tuple[str, ...]
    before: tuple[str, ...] = ()
    named: bool = False


class Institutions:
    """Finds institutions."""

    def __init__(self) -> None:
        self._bodies = read_yaml_entries(packaged(DATA, "institutions.yaml"), Body)
        self._sets = load_sets("institution_words")
        self._heads = frozenset(head for body in self._bodies for head in body.heads)

    def find(self, scene: Scene) -> Iterator[Institution]:
        """The institutions of a document, each once."""
        found: dict[str, Institution] = {}
        for noun in scene.with_lemma(self._heads):
            if noun.pos_ not in NOUNS or noun.dep_ == "compound":
                continue
            thing = self._institution(scene, noun)
            if thing is None:
                continue
            name = thing.name.casefold()
            same = next((known for known in found if name in known or known in name), None)
            if same is None:
                found[name] = thing
            else:
                first = found[same]
                found[same] = replace(
                    first,
                    sources=(*first.sources, thing.quote),
                    name=max(first.name, thing.name, key=len),
                    members=distinct((*first.members, *thing.members)),
                )
        yield from found.values()

    def _institution(self, scene: Scene, noun: Word) -> Institution | None:
        before = self._before(noun)
        name = self._name(scene, noun, before)
        small = name.trigger.casefold()
        words = {word.lower_ for word in before}
        if words & self._sets["never"] or any(never in small for never in self._sets["never-names"]):
            return None
        several = noun.tag_ in ("NNS", "NNPS") or any(det.lower_ in ("a", "any", "no") for det in children(noun, "det"))
        if several and not words & self._sets["between-states"]:
            return None
        kind = self._kind(noun, words, before, name)
        if kind is None or (kind == "summit-format" and not self._is_format(scene, noun, before)):
            return None
        if kind != "forum" and any(actor.country == "NGO" for actor in scene.mentions.actors(noun)):
            return None
        whose = [actor for actor in scene.actors(obliques(noun, "of")) if not actor.start <= name.start < actor.end]
        if any(actor.country == "IGO" for actor in whose) and "joint" not in words:
            return None
        members = self._members(scene, noun, before, words)
        if not members and self._is_domestic(scene, noun):
            return None
        return Institution(
            id=scene.id("institution", name),
            document_id=scene.document_id,
            quote=name,
            sources=(name,),
            name=name.trigger,
            kind=kind,
            members=members,
        )

    def _kind(self, noun: Word, words: set[str], before: list[Word], name: Source) -> InstitutionKind | None:
        lemma = noun.lemma_.lower()
        capital = noun.text[0].isupper()
        proper = capital and (
            any(w.text[0].isupper() for w in before)
            or " of " in name.trigger
            or " on " in name.trigger
            or " for " in name.trigger
        )
        between = bool(words & self._sets["between-states"]) or any(w.pos_ == "PROPN" for w in before)
        for body in self._bodies:
            if lemma not in body.heads:
                continue
            fits = bool(words & set(body.before)) if body.before else True
            if proper and (fits or (body.named and capital)):
                return body.kind
            if not capital and fits and between:
                return body.kind
            if body.before and fits and "joint" in words:
                return body.kind
        return None

    def _before(self, noun: Word) -> list[Word]:
        """The words of the name before its head."""
        words = [w for child in noun.lefts if child.dep_ in BEFORE and child.dep_ != "poss" for w in child.subtree]
        words = sorted((w for w in words if w.i < noun.i), key=lambda word: word.i)
        while words and (
            words[0].lower_ in self._sets["ordinal"] or _ORDINAL.fullmatch(words[0].text) or words[0].is_punct
        ):
            words.pop(0)
        run: list[Word] = []
        at = noun.i
        for word in reversed(words):
            if word.i != at - 1:
                break
            run.insert(0, word)
            at = word.i
        return run

    def _is_ordinal(self, word: Word) -> bool:
        return word.lower_ in self._sets["ordinal"] or bool(_ORDINAL.fullmatch(word.text)) or word.is_punct

    def _name(self, scene: Scene, noun: Word, before: list[Word]) -> Source:
        last = noun
        # The parser hangs 'on border guarding' of 'agreed to establish a Working Group on border guarding' on the verb.
        after = noun.doc.words[noun.i + 1 : noun.i + 2]
        for prep in after:
            timely = any(word.ent_type_ in ("DATE", "TIME", "ORDINAL") for word in prep.subtree)
            if prep.lower_ in LINKS and prep.sent is noun.sent and (prep.head is noun or not timely):
                last = _end(prep) if not timely else noun
        first = before[0] if before else noun
        if last.i - first.i > _LONGEST:
            last = noun
        return scene.quote(first, last)

    def _members(self, scene: Scene, noun: Word, before: list[Word], words: set[str]) -> tuple[Actor, ...]:
        heads = [*before, *obliques(noun, "between", "with", "of", "for")]
        own = [poss for poss in children(noun, "poss") if poss.pos_ != "PRON" or poss.lower_ in ("their", "our")]
        found = [actor for actor in scene.actors([*heads, *own]) if actor.kind in ("country", "organisation")]
        if len(found) < 2 and words & self._sets["bilateral"]:
            found = [*found, *scene.parties]
        named = {actor.name for actor in scene.mentions.actors(noun)} if found else set()
        found = [actor for actor in found if actor.country not in ("", "NGO") and actor.name not in named - {""}]
        return distinct(found)

    def _is_format(self, scene: Scene, noun: Word, before: list[Word]) -> bool:
        """Whether a summit is one of a series between some, not only one in a town."""
        parties = [actor for actor in scene.actors(before) if actor.kind in ("country", "organisation")]
        towns = [word for word in before if scene.mentions.place(word) is not None and not scene.actors([word])]
        return len(before) > 1 and bool(parties) and not towns and any(word.text == "-" for word in before)

    def _is_domestic(self, scene: Scene, noun: Word) -> bool:
        """Whether it is a body of one country: 'the Commission' of its parliament."""
        actors = scene.mentions.actors(noun)
        return any(actor.country not in NO_STATES and actor.country and actor.sector for actor in actors)


def _end(word: Word) -> Word:
    """The last word of a phrase that stands in one piece with it, without its clauses."""
    last = word
    for child in word.rights:
        if child.dep_ not in INSIDE or child.left_edge.i != last.i + 1:
            break
        last = _end(child)
    return last
