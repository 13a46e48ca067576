"""The country that a sentence is about where it names one only: by its towns, organisations, people and nations."""

from __future__ import annotations

from communique.actors.identities import SUPRANATIONAL
from communique.actors.locations import Locations
from communique.actors.persons import Persons
from communique.actors.phrases import Scene
from communique.text.tree import Span, Word

# They report of other countries than their own.
_REPORTING = "JRN"
# A guess from a name in the sentence, from one elsewhere in the text.
_NEAR = 0.42
_FAR = 0.4


class Lands:
    """Guesses of low confidence at whose a role noun is that nothing else tells."""

    def __init__(self, scene: Scene, persons: Persons, locations: Locations) -> None:
        self._scene = scene
        self._persons = persons
        self._locations = locations
        self._of_sentence: dict[int, frozenset[str]] = {}

    def only(self, head: Word) -> tuple[str, float, str]:
        """The one country of a word's sentence, else of the text, how sure that is, and why; '' where none is alone."""
        here = self._countries(head.sent)
        if len(here) == 1:
            return next(iter(here)), _NEAR, "the only country of the sentence"
        if here:
            return "", 0.0, ""
        everywhere = frozenset[str]().union(*(self._countries(sentence) for sentence in self._scene.doc.sents))
        return (next(iter(everywhere)), _FAR, "the only country of the text") if len(everywhere) == 1 else ("", 0.0, "")

    def _countries(self, sentence: Span) -> frozenset[str]:
        if sentence.start not in self._of_sentence:
            self._of_sentence[sentence.start] = frozenset(self._named(sentence)) - SUPRANATIONAL - {""}
        return self._of_sentence[sentence.start]

    def _named(self, sentence: Span) -> set[str]:
        found = set()
        for hit in self._scene.hits_within(sentence.start, sentence.end):
            if hit.entity.sort != "none" and hit.entity.sector != _REPORTING:
                found.add(hit.entity.country)
        for token in sentence:
            person = self._persons.of_token.get(token.i)
            if person is not None and person.sure:
                found.add(person.identity.country)
            elif token.i not in self._scene.hit_of and _may_name(token):
                found.update(place.country for place in self._locations.country_of(token))
        return found


def _may_name(token: Word) -> bool:
    """Whether a word may be a town's name: a proper name, or what the parser takes for an adjective, capitalised."""
    return token.pos_ == "PROPN" or (
        token.pos_ in ("ADJ", "NOUN", "X") and token.text[0].isupper() and not token.is_sent_start
    )
