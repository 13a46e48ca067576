"""Grammatical forms that tell whether an act came about: tense, aspect, inversion, questions, years.

`factuality.yaml` refers to them by the names in FORMS, as cues of the position 'form'.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from communique.events.arguments import SUBJECTS, children
from communique.text.tree import Word

NUMBER = re.compile(r"[12]\d{3}s?")
DECADE = re.compile(r"(?:1\d|20)?\d0s")


def has_modal(verb: Word) -> bool:
    return any(aux.tag_ == "MD" for aux in children(verb, "aux"))


def obliques(word: Word) -> Iterator[list[str]]:
    """The words of each adverbial of a verb, or of each prepositional phrase of a noun, without clauses inside."""
    for child in children(word, "prep", "npadvmod", "advmod", "nummod"):
        yield [token.lower_ for token in sorted(_phrase(child), key=lambda t: t.i)]


def _phrase(word: Word) -> Iterator[Word]:
    yield word
    for child in word.children:
        if child.dep_ not in ("acl", "relcl", "advcl", "pcomp"):
            yield from _phrase(child)


def _is_pluperfect(verb: Word) -> bool:
    if not any(child.lower_ == "had" for child in children(verb, "aux")):
        return False
    return verb.dep_ in ("relcl", "advcl")


def _is_unreal(verb: Word) -> bool:
    """'a resolution that would have condemned Syria'."""
    return {"would", "have"} <= {child.lower_ for child in children(verb, "aux")}


def _is_progressive(verb: Word) -> bool:
    """'is shelling', 'are being expelled', 'the troops fighting in Yemen'; a past progressive counts as well."""
    if verb.tag_ == "VBG":
        return verb.dep_ == "acl" or any(aux.lemma_ == "be" for aux in children(verb, "aux"))
    being = any(aux.lower_ == "being" for aux in children(verb, "auxpass"))
    return being and any(aux.lemma_ == "be" for aux in children(verb, "aux"))


def _is_state(word: Word) -> bool:
    """'doctors are on strike', 'the town is under siege'; no single act has an article there ('is on a visit')."""
    above = word.head
    if word.dep_ != "pobj" or above.lower_ not in ("on", "under") or children(word, "det"):
        return False
    return above.head.lemma_ in ("be", "remain", "stay") and above.head.tag_ in ("VBZ", "VBP")


def _is_going_on(word: Word) -> bool:
    """'the fighting is going on', 'they go on fighting', 'talks are under way'."""
    above = word.head
    if word.dep_ == "nsubj":
        under = [inner.lower_ for child in children(above, "prep") for inner in child.children]
        return (above.lemma_ == "be" and ("way" in under or bool(_words(above, "underway")))) or _goes_on(above)
    return word.tag_ == "VBG" and word.dep_ in ("xcomp", "advcl") and _goes_on(above)


def _goes_on(verb: Word) -> bool:
    return verb.lemma_ == "go" and bool(_words(verb, "on"))


def _words(verb: Word, *names: str) -> list[Word]:
    return [child for child in verb.children if child.lower_ in names and child.dep_ in ("prt", "advmod", "acomp")]


def _is_asked(word: Word) -> bool:
    """Whether the sentence is a question."""
    return any(token.text == "?" for token in word.sent[-2:])


def _is_inverted(verb: Word) -> bool:
    """'Should Iran attack, ...', 'Had France intervened, ...': a condition without a conjunction."""
    first = next(iter(children(verb, "aux", "auxpass")), None)
    if first is None or first.lower_ not in ("should", "had", "were") or _is_asked(verb):
        return False
    return any(subject.i > first.i for subject in children(verb, *SUBJECTS))


def _is_in_case(verb: Word) -> bool:
    """'in case the border closes', 'in the event that it closes'."""
    return verb.dep_ == "advcl" and any(
        noun.lower_ in ("case", "event") for prep in children(verb, "prep") if prep.i < verb.i for noun in prep.children
    )


def _is_reported_would(verb: Word) -> bool:
    """'said that it would': the future as seen from a past; no condition."""
    head = verb
    while head.dep_ == "conj":
        head = head.head
    backshifted = head.dep_ in ("ccomp", "acl") and head.head.tag_ in ("VBD", "VBN", "NN", "NNS", "VBG")
    return backshifted and any(aux.lower_ in ("would", "'d") for aux in children(verb, "aux"))


def _is_present_with_future_time(verb: Word) -> bool:
    """'flies to Kabul tomorrow'."""
    times = ("tomorrow", "next week", "next month", "next year", *(f"next {day}" for day in WEEKDAYS))
    return verb.tag_ in ("VBZ", "VBP") and any(
        f" {time} " in f" {' '.join(phrase)} " for phrase in obliques(verb) for time in times
    )


def _is_of_an_old_year(word: Word) -> bool:
    """'in 1812', 'in the 1980s': older than any news that we read (from 1990)."""
    opening = [token.text for token in word.sent[:2]]
    if opening[0] in ("In", "During", "By") and NUMBER.fullmatch(opening[-1]) and opening[-1] < "1990":
        return True
    later = [clause for clause in children(word, "advcl") if children(clause, "mark", "advmod", "prep")]
    return any(
        (NUMBER.fullmatch(part) and part[:4] < "1990") or DECADE.fullmatch(part)
        for verb in (word, *later)
        for phrase in obliques(verb)
        for part in phrase
    )


def _is_named_by_year(noun: Word) -> bool:
    """'the 1990 invasion', 'the 2008 war': which of them is meant."""
    return noun.pos_ in ("NOUN", "PROPN") and any(
        NUMBER.fullmatch(child.text) for child in children(noun, "nummod", "compound", "nmod", "amod")
    )


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FORMS: dict[str, Callable[[Word], bool]] = {
    "pluperfect": _is_pluperfect,
    "unreal": _is_unreal,
    "progressive": _is_progressive,
    "state": _is_state,
    "going-on": _is_going_on,
    "question": _is_asked,
    "inversion": _is_inverted,
    "in-case": _is_in_case,
    "reported-would": _is_reported_would,
    "present-with-future-time": _is_present_with_future_time,
    "old-year": _is_of_an_old_year,
    "named-by-year": _is_named_by_year,
}
