"""Scores who mentions are said to be against labels: `python tests/who_exam.py tests/data/who_a.yaml [--show]`."""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from communique.actors.identities import SUPRANATIONAL, Identity
from communique.actors.inquiry import Inquiry
from communique.actors.people import name_key, skeleton
from communique.actors.places import city

CONFIDENT = 0.8
# Whatever is said of a mention that is nobody counts only if it is said with some assurance.
CLAIM = 0.5


@dataclass(frozen=True)
class Label:
    """One actor that a mention stands for; alternatives are those that an examiner would take, too."""

    kind: str
    countries: tuple[str, ...] = ("",)
    sectors: tuple[str, ...] = ("",)
    identity: tuple[str, ...] = ()


@dataclass
class Score:
    """Counts over mentions; a mention of several actors is right where all are."""

    mentions: int = 0
    country: int = 0
    sector: int = 0
    identities: int = 0
    identity: int = 0
    confidently_wrong: int = 0
    misses: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Shares of right answers, and of answers that are wrong though given with confidence."""
        return {
            "country": self.country / self.mentions,
            "sector": self.sector / self.mentions,
            "identity": self.identity / max(1, self.identities),
            "wrong and confident": self.confidently_wrong / self.mentions,
        }


def load_items(path: Path) -> list[dict[str, Any]]:
    """The items of a labelled file, with words such as 'NO' and 'on' kept as words."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # type: ignore[no-any-return]


def labels(text: str) -> list[Label]:
    """The label of a mention: 'KAZ GOV Erlan Idrissov; UZB GOV', 'place AUT Vienna', or '-'."""
    return [_label(part.strip()) for part in text.split(";")]


def _label(text: str) -> Label:
    if text == "-":
        return Label("nobody")
    first, *rest = text.split(None, 2)
    if first == "place":
        return Label("place", _alternatives(rest[0]), ("",), tuple(rest[1].split("|")) if len(rest) > 1 else ())
    name = tuple(part.strip() for part in rest[1].split("|")) if len(rest) > 1 else ()
    return Label("actor", _alternatives(first), _alternatives(rest[0] if rest else "."), name)


# Partly recognised territories have no code of their own in the codebook but PRE as a second field.
WITHIN = {"ABH": "GEO", "SOS": "GEO", "NCY": "CYP", "SOL": "SOM", "PMR": "MDA"}


def _alternatives(text: str) -> tuple[str, ...]:
    return tuple("" if part == "." else WITHIN.get(part, part) for part in text.split("|"))


@cache
def score(path: Path) -> Score:
    """Asks who each mention of a labelled file is, in its text and on its date."""
    inquiry, result = Inquiry(), Score()
    for item in load_items(path):
        for mention, label in item["mentions"].items():
            words, start = place_of(item["text"], mention)
            found = inquiry.ask(words, date.fromisoformat(item["date"]), item["text"], start)
            _judge(result, inquiry, labels(label), found, f"{mention!r} = {label} | {item['date']} {item['text']}")
    return result


def place_of(text: str, mention: str) -> tuple[str, int]:
    """The words of a mention ('Sudan#2' is the second) and where they begin in the text."""
    words, _, number = mention.partition("#")
    starts = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return words, starts[int(number or 1) - 1]


def _judge(result: Score, inquiry: Inquiry, wanted: list[Label], found: tuple[Identity, ...], where: str) -> None:
    result.mentions += 1
    pairs = _paired(wanted, found)
    country = len(wanted) == len(found) and all(_country(label, one) for label, one in pairs)
    sector = len(wanted) == len(found) and all(_sector(label, one) for label, one in pairs)
    asked = [pair for pair in pairs if pair[0].identity]
    known = all(_identity(inquiry, label, one) for label, one in asked)
    result.country += country
    result.sector += sector
    result.identities += bool(asked)
    result.identity += bool(asked) and known
    right = country and sector and known
    sure = min((one.confidence for one in found), default=0.0) >= CONFIDENT
    # To know the office and not who holds it is to know less, not to be wrong.
    misnamed = any(_names_somebody(one) for label, one in asked if not _identity(inquiry, label, one))
    wrong = sure and not (country and sector and not misnamed)
    result.confidently_wrong += wrong
    if not right:
        said = [(f.kind, f.country, f.sector, f.name, f.office_holder, f.confidence, f.why) for f in found]
        flags = "".join(mark if not ok else "" for mark, ok in zip("csi", (country, sector, known), strict=True))
        result.misses.append(f"{flags}{'!' if wrong else ''} {where}\n      {said}")


def _paired(wanted: list[Label], found: tuple[Identity, ...]) -> list[tuple[Label, Identity]]:
    """Labels with answers: each with one that fits it best, whatever the order."""
    left, pairs = list(found), []
    for label in wanted:
        if not left:
            break
        best = max(left, key=lambda one: (_country(label, one), _sector(label, one)))
        left.remove(best)
        pairs.append((label, best))
    return pairs


def _names_somebody(found: Identity) -> bool:
    return bool(found.office_holder or (found.name and found.kind != "office"))


def _nobody(found: Identity) -> bool:
    return found.confidence < CLAIM or not (found.country or found.sector or found.entity_id) or found.kind == "place"


def _country(label: Label, found: Identity) -> bool:
    if label.kind == "nobody":
        return _nobody(found)
    return found.country in label.countries or ("" in label.countries and found.confidence < CLAIM)


def _sector(label: Label, found: Identity) -> bool:
    if label.kind == "nobody":
        return _nobody(found)
    if label.kind == "place":
        return not found.sector
    # Whether the WHO is IGO or IGO MED is not for the label to say: either is PLOVER.
    whole = "" in label.sectors and found.country in SUPRANATIONAL
    return found.sector in label.sectors or (whole and found.sector in ("MED", "JUD", "LEG", "REB", "EDU", "JRN"))


def _identity(inquiry: Inquiry, label: Label, found: Identity) -> bool:
    names = {plain(name) for name in label.identity}
    said = {plain(name) for name in (found.name, found.office_holder) if name}
    town, there = city(label.identity[0]), city(found.name)
    if label.kind == "place" and ((town is not None and town == there) or _within(found.name, label.identity[0])):
        return True
    of_it = any(name in other for name in names for other in said if label.kind == "actor" and found.kind != "person")
    return bool(names & said) or of_it or any(_same_entity(inquiry, name, found) for name in label.identity)


def _within(one: str, other: str) -> bool:
    """Whether one name of a place holds the other: 'Qandil Mountains' and 'Qandil'."""
    return bool(one) and (plain(one) in plain(other) or plain(other) in plain(one))


def _same_entity(inquiry: Inquiry, name: str, found: Identity) -> bool:
    """Whether another usual name denotes the same organisation or person."""
    resolver = inquiry.resolver
    entities = resolver.gazetteer.lookup(name.removeprefix("the ")) + resolver.gazetteer.lookup(name)
    if any(entity.entity_id and entity.entity_id == found.entity_id for entity in entities):
        return True
    said = {found.name, found.office_holder} - {""}
    people = {person.name for person in resolver.people.named(name)}
    return bool(people & said) or any(sounds(name) == sounds(other) for other in said)


def sounds(name: str) -> set[str]:
    """What a name sounds like, whatever the transliteration: Nalbandyan and Nalbandian."""
    return {skeleton(word) for word in name_key(name).split()}


def plain(name: str) -> str:
    """A name without accents, case and punctuation."""
    letters = unicodedata.normalize("NFKD", name)
    return re.sub(r"[^a-z0-9]+", " ", letters.encode("ascii", "ignore").decode().lower()).removeprefix("the ").strip()


def total(results: list[Score]) -> Score:
    """The counts of several files together."""
    names = ("mentions", "country", "sector", "identities", "identity", "confidently_wrong")
    return Score(**{name: sum(getattr(result, name) for result in results) for name in names})


def line(name: str, result: Score) -> str:
    """The figures of one file or of all, as a line."""
    figures = "  ".join(f"{figure} {value:.3f}" for figure, value in result.figures().items())
    return f"{name}: {result.mentions} mentions, {result.identities} with an identity  {figures}"


def main(arguments: list[str]) -> None:
    """Prints the misses, where they are asked for, and the figures."""
    paths = [Path(argument) for argument in arguments if not argument.startswith("-")]
    results = [score(path) for path in paths]
    lines = [miss for result in results for miss in result.misses] if "--show" in arguments else []
    lines += [line(path.name, result) for path, result in zip(paths, results, strict=True)]
    lines += [line("all", total(results))] if len(paths) > 1 else []
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
