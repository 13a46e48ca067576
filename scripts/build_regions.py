"""Makes src/communique/actors/data/regions.csv: provinces and states of ISO 3166-2 (pycountry), first level only.

Run it from the repository: `python scripts/build_regions.py`. Names that are words, countries or towns of
another country are left out, since they would name the wrong place more often than the right one.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import pycountry

DATA = Path(__file__).parent.parent / "src/communique/actors/data"
WORDS = set(
    "central centre center north south east west northern southern eastern western capital island islands coast valley "
    "plateau river rivers lake upper lower national federal metropolitan district region state province city union "
    "border far littoral est nord sud ouest sur norte oriental delta cross gold ocean bay market home field hills "
    "saint paul john george michael peter andrew james thomas david patrick mary philip joseph mark lucia".split()
)
EXTRA = {"Nineveh": "IRQ", "Ninevah": "IRQ", "Hodeidah": "YEM", "Hudaydah": "YEM", "Jammu and Kashmir": "IND",
         "New South Wales": "AUS", "NSW": "AUS", "Khyber Pakhtunkhwa": "PAK", "Nangarhar": "AFG", "Idlib": "SYR",
         "Rakhine": "MMR", "Rakhine State": "MMR", "Tamil Nadu": "IND", "Gilgit-Baltistan": "PAK",
         "Far North Region": "CMR", "Bekaa Valley": "LBN", "Somali region": "ETH", "Afar": "ETH"}  # fmt: skip
LARGE_TOWN = 50_000
_PARTS = re.compile(r"[,;/(\[].*|\*")


def plain(text: str) -> str:
    """Without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def taken() -> dict[str, str]:
    """Names of countries and larger towns, which come first, with the country that they are of."""
    names: dict[str, str] = {}
    with (DATA / "cities.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["capital"] == "yes" or int(row["population"]) >= LARGE_TOWN:
                names[row["name"].casefold()] = row["country"]
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for name in [row["name"], *row["names"].split("|"), *row["demonyms"].split("|")]:
                names[name.casefold()] = row["code"]
    return names


def main() -> None:
    """Write the file."""
    codes = {country.alpha_2: country.alpha_3 for country in pycountry.countries}
    known, found = taken(), defaultdict(set)
    for region in pycountry.subdivisions:
        if region.parent_code:
            continue
        name = plain(_PARTS.sub("", region.name)).replace("’", "'").strip()
        first = name.casefold().split()[0] if name else ""
        if len(name) < 5 or (first in WORDS and len(name.split()) == 1) or not name[0].isupper():
            continue
        code = codes[region.country_code]
        if known.get(name.casefold(), code) == code:
            found[name].add(code)
    for name, code in EXTRA.items():
        found[name] = {code}
    rows = sorted((name, code) for name, owners in found.items() for code in owners if len(owners) == 1)
    with (DATA / "regions.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows([["name", "country"], *rows])


if __name__ == "__main__":
    main()
