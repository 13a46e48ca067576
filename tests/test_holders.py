"""The tables of offices and holders: dates that can be true, and who held what when."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.actors.check import OVERLAP_DAYS, SHARED, Finding, check_holders
from communique.actors.lexicon import DATA, Holder, Office
from communique.datafiles import packaged, read_csv_entries

OFFICES = read_csv_entries(packaged(DATA, "offices.csv"), Office)
HOLDERS = read_csv_entries(packaged(DATA, "holders.csv"), Holder)
BY_ID = {office.id: office for office in OFFICES}

LEVELS = {
    "head-of-state", "head-of-government", "minister", "deputy", "official", "envoy", "head-of-organisation",
}  # fmt: skip
SECTORS = {
    "GOV", "MIL", "LEG", "SPY", "PTY", "REB", "PRM", "OPP", "REL", "ELI", "PRE", "JUD", "COP", "IGO", "NGO",
    "UNO", "EUR",
}  # fmt: skip
EU = """AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SVK SVN
SWE""".split()
FOREIGN_MINISTERS = (
    EU
    + "ARG AUS BRA CAN CHN GBR IDN IND JPN KOR MEX RUS SAU TUR ZAF".split()
    + "KAZ KGZ TJK TKM UZB ARM AZE GEO".split()
    + "ARE BHR CYP EGY IRN IRQ ISR JOR KWT LBN LBY OMN PSE QAT SYR YEM".split()
)
ORGANISATIONS = """un eu eu-commission eu-council nato osce au asean iaea wto imf world-bank sco cis oic arab-league
icrc who unhcr opcw""".split()

WHO = [
    ("usa-secretary-of-state", "2015-11-02", "John Kerry"),
    ("usa-secretary-of-state", "2009-06-01", "Hillary Clinton"),
    ("usa-secretary-of-state", "2003-02-05", "Colin Powell"),
    ("usa-secretary-of-state", "1990-10-03", "James Baker"),
    ("usa-president", "1991-12-26", "George H. W. Bush"),
    ("usa-president", "2024-07-01", "Joe Biden"),
    ("usa-vice-president", "2006-02-11", "Dick Cheney"),
    ("usa-un-ambassador", "2014-03-15", "Samantha Power"),
    ("usa-secretary-of-defense", "2010-01-01", "Robert Gates"),
    ("usa-national-security-adviser", "2018-06-12", "John Bolton"),
    ("sun-foreign-minister", "1989-11-09", "Eduard Shevardnadze"),
    ("rus-president", "2010-04-08", "Dmitry Medvedev"),
    ("rus-foreign-minister", "2015-11-02", "Sergei Lavrov"),
    ("rus-foreign-minister", "1999-03-24", "Igor Ivanov"),
    ("rus-defence-minister", "2008-08-08", "Anatoly Serdyukov"),
    ("chn-president", "2008-08-08", "Hu Jintao"),
    ("chn-foreign-minister", "2010-01-01", "Yang Jiechi"),
    ("gbr-prime-minister", "2003-03-20", "Tony Blair"),
    ("gbr-foreign-minister", "2013-08-29", "William Hague"),
    ("fra-president", "2015-11-13", "François Hollande"),
    ("fra-foreign-minister", "2003-02-14", "Dominique de Villepin"),
    ("deu-chancellor", "1990-10-03", "Helmut Kohl"),
    ("deu-foreign-minister", "2011-03-17", "Guido Westerwelle"),
    ("jpn-prime-minister", "2011-03-11", "Naoto Kan"),
    ("ind-prime-minister", "1999-05-26", "Atal Bihari Vajpayee"),
    ("ind-foreign-minister", "2021-06-01", "S. Jaishankar"),
    ("pak-prime-minister", "1998-05-28", "Nawaz Sharif"),
    ("isr-prime-minister", "2000-07-11", "Ehud Barak"),
    ("pse-president", "2000-07-11", "Yasser Arafat"),
    ("egy-president", "2012-11-22", "Mohamed Morsi"),
    ("irn-president", "2009-06-12", "Mahmoud Ahmadinejad"),
    ("irn-foreign-minister", "2015-07-14", "Mohammad Javad Zarif"),
    ("irq-president", "1990-08-02", "Saddam Hussein"),
    ("syr-foreign-minister", "2014-01-22", "Walid al-Moallem"),
    ("lby-leader", "2011-03-19", "Muammar Gaddafi"),
    ("sau-foreign-minister", "2016-01-02", "Adel al-Jubeir"),
    ("tur-foreign-minister", "2010-05-31", "Ahmet Davutoglu"),
    ("yug-president", "1995-11-21", "Zoran Lilić"),
    ("yug-foreign-minister", "1996-05-01", "Milan Milutinović"),
    ("usa-president", "1979-11-04", "Jimmy Carter"),
    ("usa-secretary-of-the-treasury", "1997-07-02", "Robert Rubin"),
    ("usa-senate-majority-leader", "1995-06-01", "Bob Dole"),
    ("bra-finance-minister", "1999-01-13", "Pedro Malan"),
    ("gbr-opposition-leader", "1996-02-09", "Tony Blair"),
    ("rus-chechen-separatist-leader", "1995-06-14", "Dzhokhar Dudayev"),
    ("sle-president", "1997-06-01", "Johnny Paul Koroma"),
    ("yug-president", "1999-03-24", "Slobodan Milošević"),
    ("ukr-president", "2013-11-21", "Viktor Yanukovych"),
    ("ukr-foreign-minister", "2022-02-24", "Dmytro Kuleba"),
    ("geo-president", "2008-08-08", "Mikheil Saakashvili"),
    ("arm-prime-minister", "2020-11-09", "Nikol Pashinyan"),
    ("aze-president", "2020-11-09", "Ilham Aliyev"),
    ("kaz-president", "2015-11-02", "Nursultan Nazarbayev"),
    ("kaz-foreign-minister", "2015-11-02", "Erlan Idrissov"),
    ("uzb-foreign-minister", "2015-11-02", "Abdulaziz Kamilov"),
    ("kgz-foreign-minister", "2015-11-02", "Erlan Abdyldaev"),
    ("tjk-foreign-minister", "2015-11-02", "Sirodjidin Aslov"),
    ("tkm-foreign-minister", "2015-11-02", "Rashid Meredov"),
    ("kor-president", "2018-04-27", "Moon Jae-in"),
    ("prk-supreme-leader", "2018-04-27", "Kim Jong-un"),
    ("zaf-president", "1995-06-24", "Nelson Mandela"),
    ("ken-president", "2005-01-01", "Mwai Kibaki"),
    ("bra-president", "2015-12-12", "Dilma Rousseff"),
    ("cub-president", "2016-03-20", "Raúl Castro"),
    ("aus-foreign-minister", "2015-01-01", "Julie Bishop"),
    ("un-secretary-general", "2015-09-25", "Ban Ki-moon"),
    ("un-secretary-general", "2003-08-19", "Kofi Annan"),
    ("eu-high-representative", "2013-11-24", "Catherine Ashton"),
    ("eu-commission-president", "2012-12-10", "José Manuel Barroso"),
    ("nato-secretary-general", "2001-09-12", "George Robertson"),
    ("iaea-director-general", "2003-03-07", "Mohamed ElBaradei"),
    ("imf-managing-director", "2015-07-01", "Christine Lagarde"),
    ("osce-chairperson-in-office", "2010-12-01", "Kanat Saudabayev"),
    ("icrc-president", "2015-11-02", "Peter Maurer"),
    ("hezbollah-secretary-general", "2006-07-12", "Hassan Nasrallah"),
]


def holders_on(office: str, day: str) -> list[Holder]:
    """Those whose term surely or perhaps holds on the day, the acting left out."""
    return [
        holder
        for holder in HOLDERS
        if holder.office == office
        and "acting" not in holder.notes
        and holder.start <= day
        and (not holder.end or day <= holder.end + "~")
    ]


@pytest.mark.parametrize(("office", "day", "person"), WHO)
def test_holder_on_a_day(office: str, day: str, person: str) -> None:
    assert [holder.person for holder in holders_on(office, day)] == [person]


def test_posts_of_one_person() -> None:
    posts = {(h.office, h.start, h.end) for h in HOLDERS if h.person == "John Kerry"}
    assert ("usa-senator", "1985-01-02", "2013-02-01") in posts
    assert ("usa-secretary-of-state", "2013-02-01", "2017-01-20") in posts


def test_no_unknown_offices_and_no_wrong_dates() -> None:
    wrong = [f for f in check_holders(OFFICES, HOLDERS) if f.kind in ("unknown-office", "bad-date", "impossible")]
    assert wrong == []


def test_no_overlaps() -> None:
    assert [finding for finding in check_holders(OFFICES, HOLDERS) if finding.kind == "overlap"] == []


def test_nothing_lies_in_the_future_of_the_table() -> None:
    assert max(max(holder.start, holder.end) for holder in HOLDERS) < "2026"


def test_offices_are_well_formed() -> None:
    assert [office.id for office in OFFICES if office.level not in LEVELS] == []
    assert [office.id for office in OFFICES if office.sector not in SECTORS] == []
    assert [office.id for office in OFFICES if office.subsector and office.subsector not in SECTORS] == []
    assert [name for name, times in Counter(office.id for office in OFFICES).items() if times > 1] == []


def test_a_title_names_one_office_of_a_country() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for office in OFFICES:
        for name in (office.name, *office.aliases):
            owners[office.country, name.casefold()].add(office.id)
    assert {title: ids for title, ids in owners.items() if len(ids) > 1} == {}


def test_every_office_has_a_holder_and_no_term_is_given_twice() -> None:
    held = {holder.office for holder in HOLDERS}
    assert [office.id for office in OFFICES if office.id not in held] == []
    terms = Counter((holder.person, holder.office, holder.start) for holder in HOLDERS)
    assert [term for term, times in terms.items() if times > 1] == []


def test_a_wikidata_id_is_of_one_person() -> None:
    persons: dict[str, set[str]] = defaultdict(set)
    for holder in HOLDERS:
        persons[holder.wikidata].add(holder.person)
    del persons[""]
    assert all(len(names) == 1 for names in persons.values())


@pytest.mark.parametrize("country", FOREIGN_MINISTERS)
def test_foreign_ministers_since_2005(country: str) -> None:
    terms = [holder for holder in HOLDERS if holder.office == f"{country.lower()}-foreign-minister"]
    assert min(holder.start for holder in terms) <= "2006"
    assert max(holder.end or "9999" for holder in terms) >= "2025"


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_heads_of_organisations(organisation: str) -> None:
    heads = [o.id for o in OFFICES if o.country == organisation and o.level in ("head-of-organisation", "minister")]
    terms = [holder for holder in HOLDERS if holder.office in heads]
    assert len(terms) >= 3
    assert max(holder.end or "9999" for holder in terms) >= "2025"


def test_counts() -> None:
    level = Counter(BY_ID[holder.office].level for holder in HOLDERS)
    states = {o.country for o in OFFICES if o.level in ("head-of-state", "head-of-government")}
    assert len(OFFICES) >= 750
    assert len(HOLDERS) >= 4500
    assert len(states) >= 195
    assert level["head-of-state"] >= 800
    assert level["head-of-government"] >= 1000
    assert level["minister"] >= 1200
    assert level["head-of-organisation"] >= 230
    assert sum(holder.office.endswith("-foreign-minister") for holder in HOLDERS) >= 850


# --- the checks themselves ---

POST = Office(id="abc-president", country="ABC", name="President")
SHARED_POST = Office(id="abc-senator", country="ABC", name="Senator", notes=SHARED)


def term(person: str, start: str, end: str = "", *, notes: str = "", office: str = "abc-president") -> Holder:
    lengths = [len(text) for text in (start, end) if text]
    precision = {4: "year", 7: "month"}.get(min(lengths), "day")
    return Holder(person=person, office=office, start=start, end=end, precision=precision, notes=notes)


def kinds(*holders: Holder) -> list[str]:
    return [finding.kind for finding in check_holders([POST, SHARED_POST], holders)]


def test_overlap_is_found_and_explained() -> None:
    findings = check_holders([POST], [term("A", "2000-01-01", "2004-06-30"), term("B", "2004-01-01")])
    explanation = "held together with A from 2004-01-01 to 2004-06-30"
    assert findings == [Finding("overlap", "B, abc-president, 2004-01-01", explanation)]


def test_overlap_with_one_before_the_last() -> None:
    assert kinds(term("A", "2000"), term("B", "2001", "2003-01"), term("C", "2003", "2005")) == ["overlap"] * 2


@pytest.mark.parametrize("notes", ["acting", "caretaker", "interim", "acting while the president was suspended"])
def test_acting_holders_may_overlap(notes: str) -> None:
    assert kinds(term("A", "2000-01-01", "2004-06-30"), term("B", "2003-01-01", "2004-01-01", notes=notes)) == []


def test_shared_offices_may_overlap() -> None:
    senators = [term("A", "2000", office="abc-senator"), term("B", "2001", office="abc-senator")]
    assert kinds(*senators) == []


def test_vague_dates_have_the_benefit_of_the_doubt() -> None:
    assert kinds(term("A", "2000", "2004"), term("B", "2004-01-01")) == []
    assert kinds(term("A", "2000", "2004"), term("B", "2003-11-01")) == ["overlap"]
    assert kinds(term("A", "2004", "2004-01")) == []


def test_gap_is_found() -> None:
    assert kinds(term("A", "2000-01-01", "2001-01-01"), term("B", "2001-03-01")) == []
    assert kinds(term("A", "2000-01-01", "2001-01-01"), term("B", "2001-05-01")) == ["gap"]
    assert kinds(term("A", "2000", "2005"), term("B", "2001", "2002", notes="acting"), term("C", "2005")) == []


def test_impossible_and_bad_dates() -> None:
    assert kinds(term("A", "2004-02-01", "2004-01-31")) == ["impossible"]
    for wrong in ("2015-02-30", "2015-13", "2015-00", "0000", "2015-01-00", "1 May 2015", "2015/05/01"):
        assert kinds(term("A", wrong)) == ["bad-date"]
        assert kinds(term("A", "1990", wrong)) == ["bad-date"]
    assert kinds(Holder("A", "abc-president", start="2004-01", precision="day")) == ["bad-date"]


def test_unknown_office() -> None:
    findings = check_holders([POST], [term("A", "2000", office="abc-king")])
    assert [(f.kind, f.explanation) for f in findings] == [("unknown-office", "there is no office 'abc-king'")]


@given(st.lists(st.integers(1, 4000), min_size=1, max_size=8), st.integers(0, OVERLAP_DAYS))
def test_terms_that_follow_each_other_are_in_order(lengths: list[int], late: int) -> None:
    day = date(1985, 1, 1)
    terms = []
    for number, length in enumerate(lengths):
        end = day + timedelta(days=length + late)
        terms.append(term(f"P{number}", day.isoformat(), end.isoformat()))
        day = end - timedelta(days=min(late, length))
    assert "gap" not in kinds(*terms)
    assert "impossible" not in kinds(*terms)
    neighbours = [t for t in check_holders([POST], terms) if t.kind == "overlap"]
    if late == 0:
        assert neighbours == []


@given(st.permutations([term("A", "2000", "2003"), term("B", "2001", "2005"), term("C", "2010")]))
def test_the_order_of_rows_does_not_matter(holders: list[Holder]) -> None:
    assert sorted(kinds(*holders)) == ["gap", "overlap"]
