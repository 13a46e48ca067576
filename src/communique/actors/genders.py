"""Whether a name is a man's or a woman's, so that 'she' is never taken for Igor Ivanov.

What is not certain has no gender: names that men and women bear alike are in no table, and a family name alone tells
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from communique.actors.gazetteer import fold
from communique.datafiles import packaged, read_csv_entries, read_csv_pairs

DATA = "communique.actors.data"
GENDERS = ("f", "m")
Gender = Literal["f", "m", ""]
# 'al-Sadiq' and 'el-Sisi' begin with an article; no given name that begins a compound is as short.
_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class GenderWord:
    """A word that tells the gender of who bears it.

    Attributes:
        word: lower case, without accents.
        where: title (before the name, or a role noun), rank (before the name, of no gender), inside (between first and
            last word of the name: 'bint'), ending (the end of the last word: 'dottir').
        gender: f, m, or empty for a rank.
    """

    word: str
    where: Literal["title", "rank", "inside", "ending"]
    gender: Gender = ""


class Genders:
    """Answers for names and titles, from the tables of given names, holders and telling words."""

    def __init__(self, given: Mapping[str, str], holders: Mapping[str, str], words: Iterable[GenderWord]) -> None:
        self._given = given
        self._holders = {_letters(_plain(person)): gender for person, gender in holders.items()}
        self._words: dict[str, dict[str, Gender]] = {"title": {}, "rank": {}, "inside": {}, "ending": {}}
        for entry in words:
            self._words[entry.where][entry.word] = entry.gender

    def of(self, name: str) -> Gender:
        """The gender of who bears a full name, titles before it included: 'Dr. Ngozi Okonjo-Iweala', 'Lady Ashton'.

        Names that begin with the family's are known only for the holders of offices. Empty where nothing tells, or
        where title and given name disagree.
        """
        words = _plain(name).split()
        named = 0
        while named < len(words):
            known = self._holders.get(_letters("".join(words[named:])))
            if known:
                return _gender(known)
            if named == len(words) - 1 or not self._stands_before(words[named]):
                break
            named += 1
        title, rest = self.of_title(words[:named]), self._of_words(words[named:])
        return title or rest if not (title and rest) or title == rest else ""

    def of_title(self, words: str | Iterable[str]) -> Gender:
        """What a title or role tells ('Crown Prince', ['Congresswoman']); empty where it tells nothing, or both."""
        parts = words.split() if isinstance(words, str) else words
        told = {self._of_one_title(_plain(part)) for part in parts} - {""}
        return _gender(told.pop()) if len(told) == 1 else ""

    def _of_one_title(self, word: str) -> Gender:
        """'U' is a title in Burma and 'U.' an initial."""
        bare = word.rstrip(".")
        return self._words["title"].get(bare if len(bare) > 1 else word, "")

    def _stands_before(self, word: str) -> bool:
        """A title, a rank, an initial or an abbreviation."""
        bare = word.rstrip(".")
        return word in self._words["title"] or bare in self._words["rank"] or len(bare) == 1 or word.endswith(".")

    def _of_words(self, words: list[str]) -> Gender:
        if len(words) < 2:
            return ""
        told = self._of_given(words[0])
        if told:
            return _gender(told)
        for word in words[1:-1]:
            if word in self._words["inside"]:
                return self._words["inside"][word]
        return next((gender for end, gender in self._words["ending"].items() if words[-1].endswith(end)), "")

    def _of_given(self, word: str) -> str:
        known = self._given.get(word.replace("'", ""))
        if known or "-" not in word:
            return known or ""
        part = word.partition("-")[0].replace("'", "")
        return self._given.get(part, "") if len(part) >= _SHORTEST_PART else ""


@cache
def load_genders() -> Genders:
    """The shipped tables, read when first asked for and once; raises DataFileError where one is malformed."""
    return Genders(
        read_csv_pairs(packaged(DATA, "given_names.csv"), "name", "gender", GENDERS),
        read_csv_pairs(packaged(DATA, "holder_genders.csv"), "person", "gender", GENDERS),
        read_csv_entries(packaged(DATA, "gender_words.csv"), GenderWord),
    )


def _plain(text: str) -> str:
    """Lower case without accents, what stands in brackets left out."""
    return fold(text.partition("(")[0]).lower().strip()


def _letters(text: str) -> str:
    """The letters alone: 'Kim Jong Un' and 'Kim Jong-un' are one person."""
    return "".join(filter(str.isalpha, text))


def _gender(told: str) -> Gender:
    return "f" if told == "f" else "m" if told == "m" else ""
