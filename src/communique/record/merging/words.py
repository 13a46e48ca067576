"""Content words as stems, to tell whether two wordings are of one matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

TOKEN = re.compile(r"[^\W_]+")
LONGEST = 6
# What says nothing of the matter: function words, words of saying, of time, and of what every text between states has.
EMPTY = frozenset(
    """a about above across after again against ahead all also although am among an and another any are around as at
    back be because been before being below between both but by can cannot come could did do does during each either
    end ever every few for from further get give given had has have he her here him his how however i if in
    including into is it its itself just last later least less let like made make makes making many may me might
    more most much must my near need next no nor not now of off on once one only onto or other our out over own part
    per possible pledge pledged promise promised put rather regarding related s said same say says several shall she
    should side sides since so some soon still such t take taken than that the their them then there these they this
    those through throughout thus till to together too toward towards under until up upon us very via was way we
    well were what when where whether which while who whose why will with within without would year years yet you
    your today yesterday tomorrow january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday month week day date spring summer autumn winter
    government country countries state states republic minister president ministry prime foreign agreed sign signed
    first second new two three""".split()
)
ENDINGS = ("ings", "ing", "edly", "ed", "es", "s")


def fold(text: str) -> str:
    """Lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word cut to what its forms share: 'ratified' and 'ratification' give one stem, numbers stay."""
    if word.isdigit():
        return word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word.removesuffix("e").replace("y", "i")[:LONGEST]


def stems(text: str) -> frozenset[str]:
    """The stems of a text's content words."""
    return frozenset(stem(word) for word in TOKEN.findall(fold(text)) if word not in EMPTY and len(word) > 1)


def of_all(texts: Iterable[str]) -> frozenset[str]:
    """The stems of several texts."""
    return frozenset(word for text in texts for word in stems(text))


def numbers(words: frozenset[str]) -> frozenset[str]:
    """The numbers among stems, years left out."""
    return frozenset(word for word in words if word.isdigit() and not (len(word) == 4 and word[:2] in ("19", "20")))


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the smaller set that the other one has, too; 0 where one is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


# What tells the kind or the stage, and nothing of the matter.
FORMAL = of_all(
    """agreement agreements treaty convention protocol memorandum understanding contract accord pact deal document
    signed sign ratified ratify initialled entered entry force came approved parliament terminated suspended adopted
    negotiated exchanged instruments ratification on promotion bilateral mutual joint statement declaration communique
    between concluded concluding concerning field area""".split()
) - of_all(["promotion"])
