"""Dictionaries of PETRARCH and TABARI: read, turned into rows, and who a name is on a day after that."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from communique.actors.lexicon import AGENTS, COUNTRIES, ORGANISATIONS, Organisation, load_lexicon
from communique.actors.resolver import Identity, Resolver
from communique.cli.lexicon_import import import_dictionaries as command
from communique.curation.cameo import CodeError, actor_coding, agent_coding, code_parts
from communique.curation.check import check
from communique.curation.dictionaries import ActorEntry, AgentEntry, Restriction, parse_date, parse_dictionary
from communique.curation.petrarch import Imported, import_dictionaries
from communique.curation.spelling import Spelling
from communique.datafiles import read_csv_entries
from communique.errors import DataFileError
from communique.reader import Reader
from communique.settings import Settings

COUNTRY_CODES = frozenset(country.code for country in load_lexicon().countries)

# Everybody here is made up.
ACTORS = """\
# actors of a country that exists, and of one that does not
<!-- a remark
over two lines -->
KAZAKHSTAN_  [KAZ]
+QAZAQSTANIA_

VERONIKA_TESTOVA_  ; a person
+TESTOVA_
\t[KAZELI 900101-991231]
\t[KAZGOVMED 20000101-050630]
\t[KAZELI >050701] # and after
BOROVIA [YUGBOR <920427][FRYBOR 920427-030204][SCGBOR 030205-060605][SRB]
STEPPE_LIBERATION_FRONT
+SLF
    [KAZREB <20100101]
    [KAZOPPPTY >20100102]
WORLD_ORGANIZATION_OF_TESTS [IGOUNOHLH]
"""
AGENTS_TEXT = """\
!PERSON! = MAN, MEN, WOMAN, WOMEN, PERSON
YURT_KEEPER [~CVL] # a comment
+YURT_WARDEN
STEPPE!PERSON![~AGR]
HORSE_THIEF {HORSE_THIEVES}[~CRM]
CHIEF_OF_HERDS {CHIEFS_OF_HERDS} [~AGR]
CAMEL_DOCTOR [NGO~]
NEWS_SYNDICATE {} [~GOVMED]
"""


def files(folder: Path, **texts: str) -> list[Path]:
    paths = []
    for name, text in texts.items():
        paths.append(folder / f"{name}.txt")
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def imported(folder: Path, *texts: str) -> Imported:
    paths = files(folder, **{f"dictionary{number}": text for number, text in enumerate(texts)})
    return import_dictionaries(paths, folder / "tables")


def resolver(folder: Path) -> Resolver:
    load_lexicon.cache_clear()
    return Resolver(load_lexicon((str(folder / "tables"),)))


def who(of: Resolver, text: str, day: str) -> Identity:
    return of.who(text, date.fromisoformat(day))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared")
    done = imported(folder, ACTORS, AGENTS_TEXT)
    assert done.errors == ()
    return folder


@pytest.fixture(scope="module")
def known(shared: Path) -> Resolver:
    return resolver(shared)


# The format


def test_an_actor_with_synonyms_and_dates() -> None:
    found = parse_dictionary(ACTORS)
    assert found.contents == "actors"
    assert found.errors == ()
    assert found.actors[0] == ActorEntry(("KAZAKHSTAN", "QAZAQSTANIA"), "KAZ")
    assert found.actors[1] == ActorEntry(
        ("VERONIKA TESTOVA", "TESTOVA"),
        "",
        (
            Restriction("KAZELI", date(1990, 1, 1), date(1999, 12, 31)),
            Restriction("KAZGOVMED", date(2000, 1, 1), date(2005, 6, 30)),
            Restriction("KAZELI", date(2005, 7, 1)),
        ),
    )
    assert found.actors[1].line == 7


def test_tabari_writes_codes_and_dates_on_one_line() -> None:
    text = "<ACTORS>\nIVAN_TESTOV [KAZELI <010102] [KAZGOV 010103-20050101][KAZOPP] ;abc 01 Jan 2005\nHOCKEY [###] ;x"
    found = parse_dictionary(text)
    assert found.errors == ()
    assert found.actors[0] == ActorEntry(
        ("IVAN TESTOV",),
        "KAZOPP",
        (
            Restriction("KAZELI", end=date(2001, 1, 2)),
            Restriction("KAZGOV", date(2001, 1, 3), date(2005, 1, 1)),
        ),
    )
    assert found.actors[1].default == "###"


def test_agents_with_plurals_and_sets() -> None:
    found = parse_dictionary(AGENTS_TEXT)
    assert (found.contents, found.errors) == ("agents", ())
    steppe = tuple(f"STEPPE{end}" for end in ("MAN", "MEN", "WOMAN", "WOMEN", "PERSON"))
    assert found.agents == (
        AgentEntry(("YURT KEEPER",), "CVL"),
        AgentEntry(("YURT WARDEN",), "CVL"),
        AgentEntry(steppe, "AGR"),
        AgentEntry(("HORSE THIEF", "HORSE THIEVES"), "CRM"),
        AgentEntry(("CHIEF OF HERDS", "CHIEFS OF HERDS"), "AGR"),
        AgentEntry(("CAMEL DOCTOR",), "NGO", before=True),
        AgentEntry(("NEWS SYNDICATE",), "GOVMED"),
    )


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("300101", date(2030, 1, 1)),
        ("310101", date(1931, 1, 1)),
        ("000229", date(2000, 2, 29)),
        ("19270101", date(1927, 1, 1)),
    ],
)
def test_the_century_of_two_digits(written: str, day: date) -> None:
    assert parse_date(written) == day


@pytest.mark.parametrize(
    ("text", "line", "problem", "remedy"),
    [
        ("ALPHA [KAZ]\nBETA [KAZGOV 20010230-20020101]", 2, "no date of the calendar", "YYYYMMDD"),
        ("ALPHA [KAZGOV 20020101-20010101]", 1, "ends before it starts", "Mend"),
        ("ALPHA [KAZGOV ~2001]", 1, "no restriction of dates|no agent", "Write"),
        ("ALPHA [KAZGOV 2001]", 1, "no restriction of dates", ">date"),
        ("ALPHA [KAZGOV", 1, "do not close", "Write"),
        ("ALPHA [K1Z]", 1, "no code of an actor", "three capitals"),
        ("\n[KAZGOV 010101-020202]", 2, "without an actor", "below"),
        ("+SYNONYM_", 1, "without an actor", "below"),
        ("ALPHA\n+BETA [KAZ]", 2, "a name alone", "of its own"),
        ("ALPHA [KAZ]\n  [RUS]", 2, "second code without dates", "KAZ"),
    ],
)
def test_a_bad_line_of_actors_is_told(text: str, line: int, problem: str, remedy: str) -> None:
    (error,) = parse_dictionary(text, "mine.txt", "actors").errors
    assert (error.path, error.line) == ("mine.txt", line)
    assert any(part in error.problem for part in problem.split("|"))
    assert remedy in error.remedy


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("KEEPER [~CVL]\nKEEPER_OF [~CVL}", 2, "no agent"),
        ("KEEPER {KEEPERS [~CVL]", 1, "no agent"),
        ("KEEPER [~CVL]\nKEEPER [CVL]", 2, "no code of an agent"),
        ("YAK!HERD! [~AGR]", 1, "no set !HERD!"),
        ("!HERD! =\nKEEPER [~CVL]", 1, "no words"),
        ("+KEEPER\nKEEPER [~CVL]", 1, "without an agent"),
    ],
)
def test_a_bad_line_of_agents_is_told(text: str, line: int, problem: str) -> None:
    (error,) = parse_dictionary(text, "mine.txt", "agents").errors
    assert error.line == line
    assert problem in error.problem
    assert error.remedy


def test_what_follows_a_bad_root_does_not_go_to_the_actor_before() -> None:
    found = parse_dictionary("ALPHA [KAZ]\nBE[TA [RUS]\n+GAMMA\n\t[RUSGOV]")
    assert found.actors == (ActorEntry(("ALPHA",), "KAZ"),)
    assert [error.line for error in found.errors] == [2, 3, 4]


# Dates


def test_both_limits_belong_to_a_restriction_and_the_first_that_holds_does() -> None:
    entry = parse_dictionary("ALPHA [USA]\n\t[KAZ 000101-000131]\n\t[RUS 000131-000229]\n\t[CHN <991231]").actors[0]
    codes = {
        "1999-12-31": "CHN", "2000-01-01": "KAZ", "2000-01-31": "KAZ", "2000-02-01": "RUS", "2000-02-29": "RUS",
        "2000-03-01": "USA",
    }  # fmt: skip
    assert {day: entry.code(date.fromisoformat(day)) for day in codes} == codes


days = st.dates(date(1931, 1, 1), date(2030, 12, 31))
parts = st.sampled_from(sorted({*COUNTRY_CODES, "GOV", "MIL", "OPP", "REB", "ELI", "QXA"}))
role_codes = st.lists(parts, max_size=2).map("".join)
actor_codes = st.builds("{}{}".format, st.sampled_from(sorted(COUNTRY_CODES)), role_codes)
words = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=8)
names = st.lists(words, min_size=1, max_size=4).map(" ".join)


@st.composite
def restrictions(draw: st.DrawFn) -> Restriction:
    one, other = sorted((draw(days), draw(days)))
    start, end = draw(st.sampled_from([(one, other), (one, None), (None, one)]))
    return Restriction(draw(actor_codes), start, end)


actors = st.builds(
    ActorEntry,
    st.lists(names, min_size=1, max_size=3).map(tuple),
    st.one_of(st.just(""), st.just("---"), actor_codes),
    st.lists(restrictions(), max_size=4).map(tuple),
)
agents = st.builds(
    AgentEntry,
    st.lists(names, min_size=1, max_size=2).map(tuple),
    st.sampled_from(["GOV", "MIL", "GOVMIL", "NGO"]),
    st.booleans(),
)


def written(entry: ActorEntry, short: bool, tabari: bool) -> str:
    """An actor as PETRARCH or as TABARI writes it, with years of four digits or of two."""

    def day(of: date) -> str:
        return of.strftime("%y%m%d" if short else "%Y%m%d")

    def bracket(one: Restriction) -> str:
        if one.start and one.end:
            return f"[{one.code} {day(one.start)}-{day(one.end)}]"
        return f"[{one.code} >{day(one.start)}]" if one.start else f"[{one.code} <{day(one.end or date.min)}]"

    root = entry.names[0].replace(" ", "_") + "_"
    default = f"[{entry.default}]" if entry.default else ""
    synonyms = "".join(f"+{name.replace(' ', '_')}_  # another name\n" for name in entry.names[1:])
    dated = [bracket(one) for one in entry.restrictions]
    if tabari:
        return f"{root} {' '.join([*dated, default])} ;abc 1 Jan 2000\n{synonyms}"
    return f"{root}  {default}\n{synonyms}" + "".join(f"\t{one}\n" for one in dated)


@given(st.lists(actors, max_size=5), st.booleans(), st.booleans())
def test_actors_are_read_back_as_they_were_written(entries: list[ActorEntry], short: bool, tabari: bool) -> None:
    found = parse_dictionary("".join(written(entry, short, tabari) for entry in entries), contents="actors")
    assert found.errors == ()
    assert list(found.actors) == entries


@given(st.lists(agents, max_size=6))
def test_agents_are_read_back_as_they_were_written(entries: list[AgentEntry]) -> None:
    lines = []
    for entry in entries:
        plural = f" {{{entry.forms[1].replace(' ', '_')}}}" if len(entry.forms) > 1 else " {}"
        code = f"{entry.code}~" if entry.before else f"~{entry.code}"
        lines.append(f"{entry.forms[0].replace(' ', '_')}{plural} [{code}] # x\n")
    found = parse_dictionary("".join(lines), contents="agents")
    assert found.errors == ()
    assert list(found.agents) == entries


@given(actors, st.lists(days, max_size=5))
def test_spans_fill_time_once_and_say_what_the_restrictions_say(entry: ActorEntry, asked: list[date]) -> None:
    spans = entry.spans()
    assert spans[0].start is None
    assert spans[-1].end is None
    for earlier, later in pairwise(spans):
        assert earlier.end is not None
        assert later.start == earlier.end + timedelta(1)
        assert earlier.code != later.code
    limits = [day for one in entry.restrictions for day in (one.start, one.end) if day]
    for limit in [*limits, *asked]:
        for day in (limit - timedelta(1), limit, limit + timedelta(1)):
            holding = [s for s in spans if (s.start or date.min) <= day <= (s.end or date.max)]
            assert [span.code for span in holding] == [entry.code(day)]


# Codes


@pytest.mark.parametrize(
    ("code", "columns"),
    [
        ("KAZ", ("KAZ", "", "")),
        ("KAZGOV", ("KAZ", "GOV", "")),
        ("ROMGOVMIL", ("ROU", "GOV", "MIL")),
        ("TMPREB", ("TLS", "REB", "")),
        ("KSV", ("XKX", "", "")),
        ("PALINS", ("PSE", "REB", "")),
        ("USAMED", ("USA", "JRN", "")),
        ("USAHLH", ("USA", "MED", "")),
        ("ISRGOVPTY", ("ISR", "PTY", "GOV")),
        ("ISROPPPTYXYZ", ("ISR", "PTY", "OPP")),
        ("IRNMOSRAD", ("IRN", "REL", "")),
        ("AFGKUT", ("AFG", "", "")),
        ("IGOUNO", ("IGO", "", "UNO")),
        ("IGOUNOREFHCR", ("IGO", "REF", "UNO")),
        ("IGOEUREEC", ("IGO", "", "EUR")),
        ("IGOEUR", ("IGO", "", "")),
        ("NGOUSAHRI", ("NGO", "SOC", "")),
        ("NGMENVGRP", ("ISM", "SOC", "")),
        ("IMGMOSALQ", ("IMG", "REL", "")),
        ("IMG", ("IMG", "REB", "")),
        ("MNC", ("MNC", "BUS", "")),
        ("UIS", ("", "GOV", "")),
        ("LAM", ("", "", "")),
        ("MOSSUN", ("", "REL", "")),
    ],
)
def test_codes_fill_our_columns(code: str, columns: tuple[str, str, str]) -> None:
    coding = actor_coding(code, COUNTRY_CODES)
    assert coding is not None
    assert coding.columns == columns


@pytest.mark.parametrize("code", ["QQQGOV", "KAZGO", "USA/RUS"])
def test_a_code_that_cannot_be_understood(code: str) -> None:
    with pytest.raises(CodeError) as caught:
        actor_coding(code, COUNTRY_CODES)
    problem, remedy = caught.value.args
    assert code[:3] in problem
    assert remedy


def test_codes_of_nobody_and_of_agents() -> None:
    assert actor_coding("---", COUNTRY_CODES) is None
    assert actor_coding("", COUNTRY_CODES) is None
    assert agent_coding("GOVFRM").columns == ("", "GOV", "")
    assert agent_coding("NGM", before=True).columns == ("ISM", "", "")
    with pytest.raises(CodeError, match="no role"):
        agent_coding("RAD")


def test_the_table_of_codes_gives_only_codes_that_there_are() -> None:
    for part in code_parts().values():
        assert (part.code in COUNTRY_CODES) is False
        if part.kind == "country":
            assert part.value in COUNTRY_CODES


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("OSMAN_BIN_TESTOV", "Osman bin Testov"),
        ("FRONT_FOR_THE_LIBERATION_OF_TEST", "Front for the Liberation of Test"),
        ("AL-TESTI", "Al-Testi"),
        ("SHI'ITE_O'TEST", "Shi'ite O'Test"),
        ("TEST-I-SHARIF", "Test-i-Sharif"),
        ("A.G._TESTOV", "A.G. Testov"),
        ("TLF", "TLF"),
        ("UNITED_NATIONS", "United Nations"),
        ("Mixed_Case", "Mixed Case"),
    ],
)
def test_names_in_capitals_are_spelt_as_in_texts(capitals: str, name: str) -> None:
    assert Spelling(load_lexicon()).name(capitals.replace("_", " ")) == name


# Who that is, on a day


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Veronika Testova", "1990-01-01", ("person", "KAZ", "ELI", "")),
        ("Veronika Testova", "1999-12-31", ("person", "KAZ", "ELI", "")),
        ("Testova", "2000-01-01", ("person", "KAZ", "GOV", "JRN")),
        ("President Veronika Testova", "2005-06-30", ("person", "KAZ", "GOV", "JRN")),
        ("Veronika Testova", "2005-07-01", ("person", "KAZ", "ELI", "")),
        ("Veronika Testova", "1989-12-31", ("", "", "", "")),
        ("SLF", "2010-01-01", ("group", "KAZ", "REB", "")),
        ("Steppe Liberation Front", "2010-01-02", ("group", "KAZ", "PTY", "OPP")),
        ("Borovia", "1992-04-27", ("country", "YUG", "", "")),
        ("Borovia", "2003-02-04", ("country", "YUG", "", "")),
        ("Borovia", "2003-02-05", ("country", "SCG", "", "")),
        ("Borovia", "2006-06-05", ("country", "SCG", "", "")),
        ("Borovia", "2006-06-06", ("country", "SRB", "", "")),
        ("Qazaqstania", "2001-01-01", ("country", "KAZ", "", "")),
        ("Kazakhstan", "2001-01-01", ("country", "KAZ", "", "")),
        ("World Organization of Tests", "2001-01-01", ("organisation", "IGO", "MED", "UNO")),
        ("horse thieves", "2001-01-01", ("group", "", "CRM", "")),
        ("Russian chiefs of herds", "2001-01-01", ("group", "RUS", "AGR", "")),
        ("steppewomen", "2001-01-01", ("group", "", "AGR", "")),
        ("camel doctors", "2001-01-01", ("group", "NGO", "", "")),
    ],
)
def test_who_a_name_is_on_a_day(known: Resolver, text: str, day: str, expected: tuple[str, ...]) -> None:
    found = who(known, text, day)
    assert (found.kind, found.country, found.sector, found.subsector) == expected


def test_the_tables_are_in_order(shared: Path) -> None:
    assert check([str(shared / "tables")]).errors == 0


def test_imported_people_act_in_texts(shared: Path) -> None:
    load_lexicon.cache_clear()
    reader = Reader(Settings(lexicon_folders=(str(shared / "tables"),)))
    result = reader.read("President Veronika Testova met German officials on Monday.", date=date(2003, 5, 5))
    (event,) = result.events
    assert [(one.name, one.country, one.sector) for one in event.actors] == [("Veronika Testova", "KAZ", "GOV")]


@settings(max_examples=25, deadline=None)
@given(actors.filter(lambda entry: entry.restrictions), st.lists(days, max_size=3))
def test_who_agrees_with_the_dictionary(
    tmp_path_factory: pytest.TempPathFactory, entry: ActorEntry, asked: list[date]
) -> None:
    entry = ActorEntry(("ZZYX QWERTUZ",), entry.default, tuple(r for r in entry.restrictions))
    folder = tmp_path_factory.mktemp("random")
    done = imported(folder, written(entry, short=False, tabari=False))
    if done.skipped or not (folder / "tables").is_dir():
        return
    # Our own tables do not know the name, so that theirs alone are enough to ask.
    found = Resolver(load_lexicon((str(folder / "tables"),)).by_layer()[-1])
    limits = [day for one in entry.restrictions for day in (one.start, one.end) if day]
    for day in {one + timedelta(step) for one in (*limits, *asked) for step in (-1, 0, 1)}:
        coding = actor_coding(entry.code(day), COUNTRY_CODES)
        one = found.who("Zzyx Qwertuz", day)
        assert (one.country, one.sector, one.subsector) == (coding.columns if coding else ("", "", ""))


# The user's folder


def test_nothing_that_the_user_wrote_is_lost(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    own = "# my notes\nid,name,country\nmine,My Own Body,FRA\n"
    (tables / "organisations.csv").write_text(own, encoding="utf-8")
    (tables / "agents.csv").write_text("word,sector\nyurt keeper,MIL\n", encoding="utf-8")
    (tables / "countries.csv").write_text("code,name,names\nKAZ,Kazakhstan,Steppe Land\n", encoding="utf-8")
    (tables / "holders.csv").write_text("as it was", encoding="utf-8")
    done = imported(tmp_path, ACTORS, AGENTS_TEXT)
    assert "# my notes" in (tables / "organisations.csv").read_text(encoding="utf-8")
    organisations = {one.id: one for one in read_csv_entries(tables / "organisations.csv", ORGANISATIONS.entry)}
    assert organisations["mine"] == Organisation("mine", "My Own Body", country="FRA")
    agents = {one.word: one.sector for one in read_csv_entries(tables / "agents.csv", AGENTS.entry)}
    assert agents["yurt keeper"] == "MIL"
    assert "your own entry is kept" in {one.reason for one in done.skipped}
    lands = {(one.code, one.name): one.names for one in read_csv_entries(tables / "countries.csv", COUNTRIES.entry)}
    assert lands["KAZ", "Kazakhstan"] == ("Steppe Land", "Qazaqstania")
    assert (tables / "holders.csv").read_text(encoding="utf-8") == "as it was"


def test_a_second_import_changes_nothing_and_a_corrected_one_replaces(tmp_path: Path) -> None:
    imported(tmp_path, ACTORS, AGENTS_TEXT)
    before = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "tables").iterdir()}
    imported(tmp_path, ACTORS, AGENTS_TEXT)
    assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "tables").iterdir()} == before
    imported(tmp_path, "VERONIKA_TESTOVA [KAZGOV >20050101]\nBOROVIA [SCGBOR <060101][SRB]\n")
    found = resolver(tmp_path)
    assert who(found, "Veronika Testova", "1995-01-01").country == ""
    assert who(found, "Veronika Testova", "2005-01-01").sector == "GOV"
    assert who(found, "Borovia", "1990-01-01").country == "SCG"
    assert who(found, "SLF", "2009-01-01").sector == "REB"


def test_what_our_tables_say_already_makes_no_rows(tmp_path: Path) -> None:
    done = imported(
        tmp_path, "FRANCE_ [FRA]\n+FRENCH_\n+PARIS_\nUNITED_NATIONS [IGOUNO]\nEUROPE [EUR]\n", "SOLDIER [~MIL]\n"
    )
    assert not (tmp_path / "tables").exists()
    assert len(done.skipped) == 4
    assert (done.actors, done.agents) == (0, 0)


def test_a_bad_code_leaves_the_other_times_and_no_false_one(tmp_path: Path) -> None:
    done = imported(tmp_path, "OLEG_TESTOV\n\t[KAZGO 20000101-20001231]\n\t[KAZGOV 20010101-20011231]\n\t[KAZELI]\n")
    (error,) = done.errors
    assert error.line == 2
    found = resolver(tmp_path)
    sectors = [
        who(found, "Oleg Testov", day).sector for day in ("1999-01-01", "2000-06-01", "2001-06-01", "2002-01-01")
    ]
    assert sectors == ["ELI", "", "GOV", "ELI"]
    assert done.restrictions == 1


def test_a_former_state_gets_the_dates_of_the_dictionary_and_keeps_its_names(tmp_path: Path) -> None:
    imported(tmp_path, "YUGOSLAVIA [YUG <19920427]\n+TESTOSLAVIA\n")
    found = resolver(tmp_path)
    assert who(found, "Testoslavia", "1990-01-01").country == "YUG"
    assert who(found, "Yugoslav", "1990-01-01").country == "YUG"


def test_rows_of_countries_that_the_user_wrote_are_kept(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    own = "code,name,kind,start,end\nYUG,Borovia,former,1950,1960\n"
    (tables / "countries.csv").write_text(own, encoding="utf-8")
    done = imported(tmp_path, ACTORS)
    lands = {(one.code, one.name): one for one in read_csv_entries(tables / "countries.csv", COUNTRIES.entry)}
    assert (lands["YUG", "Borovia"].start, lands["YUG", "Borovia"].end) == ("1950", "1960")
    assert "your own entry is kept" in {one.reason for one in done.skipped}


def test_the_users_code_wins_over_ours(tmp_path: Path) -> None:
    imported(tmp_path, "HEZBOLLAH [LBNGOV 20000101-20001231]\n")
    found = resolver(tmp_path)
    assert who(found, "Hezbollah", "2000-06-01").sector == "GOV"
    assert (
        who(found, "Hezbollah", "2002-06-01").sector == who(Resolver(load_lexicon()), "Hezbollah", "2002-06-01").sector
    )


def test_where_the_dictionary_has_no_code_our_holders_speak(tmp_path: Path) -> None:
    imported(tmp_path, "JOHN_KERRY [USALEG 19850103-20130201]\n")
    found = resolver(tmp_path)
    assert (who(found, "John Kerry", "2003-01-01").sector, who(found, "John Kerry", "2003-01-01").kind) == (
        "LEG",
        "person",
    )
    assert who(found, "John Kerry", "2015-11-02").office == "Secretary of State"


def test_a_file_that_cannot_be_read_writes_nothing(tmp_path: Path) -> None:
    good, bad = files(tmp_path, good=ACTORS, bad="x")
    bad.write_bytes(b"%PDF-1.4 \x00\x01")
    for path in (bad, tmp_path / "absent.txt"):
        with pytest.raises(DataFileError, match=path.name):
            import_dictionaries([good, path], tmp_path / "tables")
    assert not (tmp_path / "tables").exists()


def test_a_broken_table_of_the_user_is_not_touched(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "agents.csv").write_text("word,colour\nsoldier,green\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"agents\.csv"):
        imported(tmp_path, ACTORS)
    assert [path.name for path in tables.iterdir()] == ["agents.csv"]


# The command


def run(*arguments: object) -> Result:
    app = typer.Typer()
    app.command("import")(command)
    app.command("other")(lambda: None)
    return CliRunner().invoke(app, ["import", *map(str, arguments)], catch_exceptions=False)


def test_the_command_counts(tmp_path: Path) -> None:
    paths = files(tmp_path, actors=ACTORS, agents=AGENTS_TEXT)
    result = run(*paths, "--folder", tmp_path / "tables")
    assert result.exit_code == 0
    lines = [[cell.strip() for cell in line.split("│")[1:-1]] for line in result.stdout.splitlines() if "│" in line]
    assert ["actors", "5"] in lines
    assert ["agents", "7"] in lines
    assert ["date restrictions", "8"] in lines
    assert ["lines that cannot be read", "0"] in lines


def test_the_command_tells_bad_lines_and_imports_the_rest(tmp_path: Path) -> None:
    (path,) = files(tmp_path, actors="ALPHA_BODY [KAZGO]\nOMEGA_BODY [KAZGOV]\nOTHER [KAZ 20010001-20020101]\n")
    result = run(path, "--folder", tmp_path / "tables", "--as", "actors")
    assert result.exit_code == 1
    assert f"{path}:1:" in result.stderr
    assert f"{path}:3:" in result.stderr
    rows = read_csv_entries(tmp_path / "tables" / "organisations.csv", ORGANISATIONS.entry)
    assert [row.name for row in rows] == ["Omega Body"]


def test_the_help_has_an_example() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert "communique lexicon import" in result.stdout
