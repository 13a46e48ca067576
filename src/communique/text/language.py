"""Which language a text is in, offline: by its script, and in Latin script by its most frequent words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

from communique.datafiles import packaged, read_yaml_entries

SAMPLE_CHARACTERS = 3000
FEW_WORDS = 20

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Share of frequent words that a text must hold to be in a language: less where no other language comes near.
_MANY = 0.12
_SOME = 0.06
_CLEAR_LEAD = 2
_CONTRARY_WORDS = 2
_SCRIPTS = re.compile(
    r"(?P<latin>[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+)|(?P<cyrillic>[\u0400-\u04ff]+)"
    r"|(?P<arabic>[\u0600-\u06ff]+)|(?P<kana>[\u3040-\u30ff]+)|(?P<han>[\u4e00-\u9fff]+)"
    r"|(?P<hangul>[\uac00-\ud7af]+)|(?P<greek>[\u0370-\u03ff]+)|(?P<hebrew>[\u0590-\u05ff]+)"
    r"|(?P<devanagari>[\u0900-\u097f]+)|(?P<thai>[\u0e00-\u0e7f]+)|(?P<georgian>[\u10a0-\u10ff]+)"
    r"|(?P<armenian>[\u0530-\u058f]+)"
)
# Letters that only some languages of a script have; the first that is found decides.
_LETTERS = {
    "cyrillic": (("әғқңұһ", "kk"), ("ўҳ", "uz"), ("ђћњљџј", "sr"), ("їєґ", "uk"), ("ў", "be"), ("ыэё", "ru")),
    "arabic": (("ٹڈںے", "ur"), ("پچژگ", "fa")),
    "kana": (),
    "han": (),
}
_OF_SCRIPT = {
    "cyrillic": "ru", "arabic": "ar", "kana": "ja", "han": "zh", "hangul": "ko", "greek": "el",
    "hebrew": "he", "devanagari": "hi", "thai": "th", "georgian": "ka", "armenian": "hy",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """The frequent words of a language, and its ISO 639-1 code."""

    code: str
    name: str
    words: tuple[str, ...]


def detect(text: str) -> tuple[str, float]:
    """The ISO 639-1 code of a text's language and how sure it is, 0 to 1; ('', 0.0) when it cannot be told.

    Reads the first SAMPLE_CHARACTERS. A text of fewer than FEW_WORDS words in Latin script is English unless
    its words say otherwise, for headlines and tickers hold few frequent words.
    """
    sample = text[:SAMPLE_CHARACTERS]
    script, share = _script(sample)
    if not script:
        return "", 0.0
    if script != "latin":
        return _by_letters(script, sample), share
    return _by_words(_WORD.findall(sample.lower()), share)


def language_name(code: str) -> str:
    """The English name of a language that `detect` knows by its words, else its code."""
    return next((profile.name for profile in _profiles() if profile.code == code), code)


def _by_words(words: list[str], share: float) -> tuple[str, float]:
    scores: dict[str, int] = defaultdict(int)
    for word, count in Counter(words).items():
        for code in _codes_of_words().get(word, ()):
            scores[code] += count
    english = scores.pop("en", 0)
    rival, best = max(scores.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    if len(words) < FEW_WORDS or (len(words) < 3 * FEW_WORDS and english > best):
        if best > english + 1 and best >= _CONTRARY_WORDS:
            return rival, round(share * best / (english + best), 3)
        return "en", round(share * (english + 1) / (english + best + 1), 3)
    first, second = (english, best) if english >= best else (best, english)
    enough = _MANY if first < _CLEAR_LEAD * second else _SOME
    if first < enough * len(words):
        return "", 0.0
    return ("en" if english >= best else rival), round(share * first / (first + second), 3)


def _script(sample: str) -> tuple[str, float]:
    """The script that most of the letters are in, and their share of the letters."""
    sizes: Counter[str] = Counter()
    if sample.isascii():
        return ("latin", 1.0) if _WORD.search(sample) else ("", 0.0)
    for match in _SCRIPTS.finditer(sample):
        sizes[match.lastgroup or ""] += len(match.group())
    if not sizes:
        return "", 0.0
    if sizes["kana"] and sizes["han"]:
        sizes["kana"] += sizes.pop("han")
    script, size = sizes.most_common(1)[0]
    return script, round(size / sizes.total(), 3)


def _by_letters(script: str, sample: str) -> str:
    lowered = set(sample.lower())
    for letters, code in _LETTERS.get(script, ()):
        if lowered.intersection(letters):
            return code
    return _OF_SCRIPT[script]


@cache
def _profiles() -> tuple[Profile, ...]:
    return tuple(read_yaml_entries(packaged("communique.text.data", "languages.yaml"), Profile))


@cache
def _codes_of_words() -> dict[str, tuple[str, ...]]:
    codes: dict[str, list[str]] = defaultdict(list)
    for profile in _profiles():
        for word in dict.fromkeys(profile.words):
            codes[word].append(profile.code)
    return {word: tuple(found) for word, found in codes.items()}
