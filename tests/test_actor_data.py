"""The tables of organisations, of groups and parties, and of places: codes, dates, degrees, names of one thing."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

import pycountry
import pytest

from communique.actors.gazetteer import fold
from communique.actors.lexicon import DATA, Landmark, Lexicon, Organisation, load_lexicon
from communique.datafiles import packaged, read_csv_entries
from communique.text.towns import City

FORMER = frozenset({"SUN", "YUG", "SCG", "CSK", "DDR"})
INSTEAD = frozenset({"IGO", "NGO", "IMG", "ISM", "MNC"})
COUNTRIES = frozenset(country.alpha_3 for country in pycountry.countries) | FORMER | INSTEAD | {"XKX"}
SECTORS = frozenset(
    "GOV MIL COP JUD LEG SPY PTY REB PRM UAF UNK BUS LAB AGR CRM CVL EDU ELI JRN MED REF OPP PRE REL SOC".split()
)
SECOND = SECTORS | {"UNO", "EUR"}
KINDS = {
    "organisations.csv": frozenset({"IGO", "BODY", "BANK", "NGO", "ISM", "MEDIA", "MNC"}),
    "groups.csv": frozenset({"REB", "PTY", "OPP", "PRM", "TER", "ISM", "IMG", "CRM"}),
}
# Names that two entries bear at the same time; the first in the tables is the likelier.
SHARED = frozenset(
    {
        "Baath Party",
        "Baath party",
        "Ba'ath Party",
        "Ba'ath party",
        "Baathist",
        "Baathists",
        "Ba'athist",
        "National Liberation Army",
    }
)
# Names of a country or people that an entry bears too, and rightly: the first in the look-up is the country or people.
ALSO_A_PEOPLE = frozenset({"Bosnian Serb", "KRG", "Kurdistan Regional Government"})
# Words of every day that a newspaper, party or company bears: alone they are not to be found.
ORDINARY = frozenset(
    "Front Times Sun Star Mirror Independent Observer Nation National News Standard Post Guard Hill Hindu Economist "
    "Reform Renaissance Left Greens Liberals Labour Conservatives Socialists Communists Senate Parliament "
    "Party Movement Army Police Bank Court Council Union League Total Orange Gap Visa Target Time Today Dawn".split()
)
DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def table(name: str) -> list[Organisation]:
    return read_csv_entries(packaged(DATA, name), Organisation)


ORGANISATIONS = table("organisations.csv")
GROUPS = table("groups.csv")
ALL = [*ORGANISATIONS, *GROUPS]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def looked_for(entry: Organisation) -> set[str]:
    """The names of an entry as the gazetteer looks for them."""
    return {fold(name.removeprefix("the ").removeprefix("The ")) for name in (entry.name, *entry.aliases)}


def first_day(iso: str) -> date:
    """The first day of a year, month or day; raises ValueError for a day that does not exist."""
    year, month, day = (*(int(part) for part in iso.split("-")), 1, 1)[:3]
    return date(year, month, day)


def overlap(a: Organisation, b: Organisation) -> bool:
    """Whether there is a day on which both hold; an end in a year or month reaches to its last day."""
    return all(not x.end or not y.start or y.start <= x.end + "~" for x, y in ((a, b), (b, a)))


def test_no_id_is_given_twice() -> None:
    counts = Counter(entry.id for entry in ALL)
    assert [entry for entry, count in counts.items() if count > 1] == []


def test_ids_are_short_slugs() -> None:
    assert [entry.id for entry in ALL if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", entry.id)] == []
    assert max(len(entry.id) for entry in ALL) <= 40


@pytest.mark.parametrize("name", KINDS)
def test_kinds_are_those_of_the_table(name: str) -> None:
    assert {(entry.id, entry.kind) for entry in table(name) if entry.kind not in KINDS[name]} == set()


def test_countries_are_codes() -> None:
    assert [(entry.id, entry.country) for entry in ALL if entry.country not in COUNTRIES] == []


def test_sectors_are_in_the_codebook() -> None:
    assert [(entry.id, entry.sector) for entry in ALL if entry.sector not in SECTORS | {""}] == []
    assert [(entry.id, entry.subsector) for entry in ALL if not set(entry.subsector.split()) <= SECOND] == []
    assert [entry.id for entry in ALL if entry.sector and entry.sector in entry.subsector.split()] == []


def test_kind_goes_with_country_and_sector() -> None:
    assert [e.id for e in ORGANISATIONS if e.kind == "IGO" and e.country not in ("IGO", "NGO") and not e.sector] == []
    assert [e.id for e in ORGANISATIONS if e.kind == "MEDIA" and e.sector != "JRN"] == []
    assert [e.id for e in ORGANISATIONS if e.kind == "BANK" and e.sector not in ("GOV", "")] == []
    assert [e.id for e in GROUPS if not e.sector] == []


def test_dates_exist_and_run_forward() -> None:
    for entry in ALL:
        for iso in (entry.start, entry.end):
            if iso:
                assert DATE.fullmatch(iso), (entry.id, iso)
                assert date(1000, 1, 1) <= first_day(iso) <= date(2100, 1, 1), (entry.id, iso)
        if entry.start and entry.end:
            assert entry.start <= entry.end + "~", (entry.id, entry.start, entry.end)


def test_wikidata_ids_are_of_one_entry_each() -> None:
    given = [entry.wikidata for entry in ALL if entry.wikidata]
    assert [item for item in given if not re.fullmatch(r"Q[1-9]\d*", item)] == []
    assert [item for item, count in Counter(given).items() if count > 1] == []


def test_no_name_denotes_two_at_one_time() -> None:
    bearers: dict[str, list[Organisation]] = defaultdict(list)
    for entry in ALL:
        for name in looked_for(entry):
            bearers[name].append(entry)
    clashes = {
        (name, a.id, b.id)
        for name, entries in bearers.items()
        for a, b in combinations(entries, 2)
        if name not in SHARED and overlap(a, b)
    }
    assert clashes == set()
    assert {name for name in SHARED if len(bearers[name]) < 2} == set()


def test_no_name_is_that_of_a_country_or_people(lexicon: Lexicon) -> None:
    names = {fold(n) for c in lexicon.countries for n in (c.name, *c.names, *c.demonyms, *c.capital)}
    names |= {fold(n) for people in lexicon.peoples for n in (people.name, *people.forms)}
    assert {(e.id, n) for e in ALL for n in looked_for(e) if n in names - ALSO_A_PEOPLE} == {("eu", "Brussels")}


def test_seats_of_power_keep_their_country(lexicon: Lexicon) -> None:
    seats = {fold(seat.partition("=")[0]): c.code for c in lexicon.countries for seat in c.metonyms}
    shared = [(seats[name], entry) for entry in ALL for name in looked_for(entry) if name in seats]
    assert len(shared) > 10
    assert [(entry.id, code) for code, entry in shared if entry.country != code] == []


def test_no_name_is_a_word_of_every_day() -> None:
    assert {(entry.id, name) for entry in ALL for name in looked_for(entry) if name in ORDINARY} == set()
    assert [(entry.id, name) for entry in ALL for name in looked_for(entry) if len(name) < 2] == []


def test_aliases_are_clean() -> None:
    def faults() -> Iterator[tuple[str, str]]:
        for entry in ALL:
            for alias in entry.aliases:
                if alias != alias.strip() or "  " in alias or not alias:
                    yield entry.id, alias
            if entry.name in entry.aliases or len(set(entry.aliases)) < len(entry.aliases):
                yield entry.id, "an alias twice"

    assert list(faults()) == []


def test_there_are_enough() -> None:
    kinds = Counter(entry.kind for entry in ORGANISATIONS)
    least = {"IGO": 380, "BANK": 60, "BODY": 150, "NGO": 80, "MEDIA": 120, "MNC": 60}
    assert {kind: kinds[kind] for kind, number in least.items() if kinds[kind] < number} == {}
    assert len(GROUPS) >= 280
    assert sum(entry.kind == "PTY" for entry in GROUPS) >= 120


@pytest.mark.parametrize(
    ("name", "day", "country", "sector"),
    [
        ("UN", "", "IGO", ""),
        ("UNPROFOR", "1993-05-01", "IGO", "MIL"),
        ("International Criminal Court", "", "IGO", "JUD"),
        ("European Parliament", "", "IGO", "LEG"),
        ("World Health Organization", "", "IGO", "MED"),
        ("OAU", "1995-01-01", "IGO", ""),
        ("Bank of England", "", "GBR", "GOV"),
        ("Knesset", "", "ISR", "LEG"),
        ("Shin Bet", "", "ISR", "SPY"),
        ("Amnesty International", "", "NGO", ""),
        ("Russia Today", "", "RUS", "JRN"),
        ("Voice of America", "", "USA", "JRN"),
        ("South China Morning Post", "", "HKG", "JRN"),
        ("Gazprom", "", "RUS", "BUS"),
        ("Hizbollah", "", "LBN", "REB"),
        ("al-Qaida", "", "IMG", "REB"),
        ("Taleban", "2010-06-01", "AFG", "REB"),
        ("Taliban", "2022-06-01", "AFG", "GOV"),
        ("UNITA", "1993-01-01", "AGO", "REB"),
        ("UNITA", "2012-01-01", "AGO", "PTY"),
        ("Rapid Support Forces", "2019-06-01", "SDN", "PRM"),
        ("Rapid Support Forces", "2023-10-01", "SDN", "REB"),
        ("ANC", "", "ZAF", "PTY"),
        ("ANC", "1985-06-01", "ZAF", "OPP"),
        ("Zetas", "", "MEX", "CRM"),
        ("Kuomintang", "", "TWN", "PTY"),
    ],
)
def test_a_name_on_a_day(name: str, day: str, country: str, sector: str) -> None:
    found = [
        entry
        for entry in ALL
        if fold(name) in looked_for(entry)
        and (not day or ((not entry.start or entry.start <= day) and (not entry.end or day <= entry.end + "~")))
    ]
    assert [(entry.country, entry.sector) for entry in found[:1]] == [(country, sector)]


PLACE_KINDS = frozenset("region sea strait island base crossing airport resort mountain river desert town".split())
# Their ends lie further from the capital than any bound would allow.
WIDE = frozenset({"RUS", "USA", "CAN", "CHN", "BRA", "AUS", "IDN", "IND"})
FARTHEST = 16.0
# Named after something else than the town of that name.
NAMESAKES: frozenset[str] = frozenset(
    {"Manas air base", "Yulin naval base", "Krasnaya Polyana", "Petersberg", "Logan airport", "Pisky"}
)
LANDMARKS = read_csv_entries(packaged(DATA, "places.csv"), Landmark)
TOWNS = read_csv_entries(packaged(DATA, "cities.csv"), City)


def apart(a: Landmark | City, b: City) -> float:
    """Degrees of a great circle between two places."""
    assert a.lat is not None
    assert a.lon is not None
    north, other = math.radians(a.lat), math.radians(b.lat)
    cosine = math.sin(north) * math.sin(other)
    cosine += math.cos(north) * math.cos(other) * math.cos(math.radians(a.lon - b.lon))
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def test_places_are_of_known_kinds_and_countries() -> None:
    assert {place.kind for place in LANDMARKS} == PLACE_KINDS
    assert [place.name for place in LANDMARKS if place.country not in COUNTRIES - FORMER - INSTEAD | {""}] == []
    assert [town.name for town in TOWNS if town.country not in COUNTRIES - FORMER - INSTEAD] == []
    assert len(LANDMARKS) >= 600


def test_no_name_of_a_place_is_given_twice() -> None:
    names = Counter(fold(name) for place in LANDMARKS for name in (place.name, *place.aliases))
    assert [name for name, count in names.items() if count > 1] == []


def test_degrees_are_plausible() -> None:
    capitals = {town.country: town for town in TOWNS if town.capital}
    for place in LANDMARKS:
        assert (place.lat is None) == (place.lon is None), place.name
        if place.lat is None or place.lon is None:
            continue
        assert -90 <= place.lat <= 90, place.name
        assert -180 <= place.lon <= 180, place.name
        capital = capitals.get(place.country)
        if capital is not None and place.country not in WIDE and "far from the capital" not in place.notes:
            assert apart(place, capital) <= FARTHEST, place.name


def test_places_of_a_town_s_name_are_near_it() -> None:
    """A base or airport that is named after a town of its country is by it."""
    by_name: dict[tuple[str, str], list[City]] = defaultdict(list)
    for town in TOWNS:
        by_name[town.name, town.country].append(town)
    apart_by: dict[str, float] = {}
    for place in LANDMARKS:
        town_name = re.sub(r" (?:airport|base|air base|Air Base|naval base|crossing)$", "", place.name)
        near = by_name.get((town_name, place.country), [])
        if near and place.lat is not None and place.kind in ("base", "airport", "crossing", "resort", "town"):
            apart_by[place.name] = min(apart(place, town) for town in near)
    assert len(apart_by) > 60
    assert {name for name, degrees in apart_by.items() if degrees > 0.5} == NAMESAKES


def test_places_that_are_disputed_say_so() -> None:
    notes = {place.name: place.notes for place in LANDMARKS}
    for name in ("Crimea", "Kashmir", "Golan Heights", "Senkaku Islands", "Dokdo", "Spratly Islands", "Essequibo"):
        assert re.search("claimed|annexed|held|administered", notes[name]), name
    assert [p.name for p in LANDMARKS if "claimed by" in p.notes and not p.country and p.lat is None] == []


def test_towns_are_read_as_the_index_reads_them() -> None:
    text = packaged(DATA, "cities.csv").read_text(encoding="utf-8")
    assert text.isascii()
    assert '"' not in text
    assert {town.also for town in TOWNS} == {"", "word", "person"}
    assert len({town.country for town in TOWNS if town.capital}) > 190
    assert [town.name for town in TOWNS if not (-90 <= town.lat <= 90 and -180 <= town.lon <= 180)] == []
    assert packaged(DATA, "cities.csv").stat().st_size < 4_000_000
