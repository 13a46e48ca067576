"""Fetching from Wikidata: paging, waits, resuming, precision, and what becomes of our entries and the user's.

The answers are in Wikidata's format and made up, people and offices too.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from communique.actors.lexicon import Country, Holder, Lexicon, Office, Organisation, load_lexicon, merged, read_layer
from communique.actors.people import People
from communique.cli.app import app
from communique.curation import harvest
from communique.curation import update as module
from communique.curation.offices import Offices
from communique.curation.refresh import _spelt_alike
from communique.curation.statements import Position, _joined, iso_date
from communique.curation.update import Updated, Wanted, update
from communique.curation.web import FIRST_WAIT, TRIES, Client, NoReplyError, Reply, Requests, bindings
from communique.errors import UpdateError

RECORDED = Path(__file__).parent / "data" / "wikidata"
TODAY = date(2026, 3, 1)
# What each query selects first, and the file with its answer.
SELECTED = {
    "?role ?owner ?position": "offices",
    "?owner ?ownerLabel": "posts",
    "?role ?owner ?person": "heads",
    "?position ?person": "holders",
    "?organisation ?label": "organisations",
}
OURS = Lexicon(
    countries=(Country("FJI", "Fiji", names=("Republic of Fiji",)), Country("TON", "Tonga", demonyms=("Tongan",))),
    organisations=(Organisation("ocean-league", "Ocean League", "IGO", "IGO", aliases=("OL",)),),
    offices=(
        Office("fji-president", "FJI", "President", "GOV", level="head-of-state"),
        Office("fji-prime-minister", "FJI", "Prime Minister", "GOV", level="head-of-government"),
        Office("fji-foreign-minister", "FJI", "Foreign Minister", "GOV", level="minister"),
        Office("ton-king", "TON", "King", "GOV", level="head-of-state"),
    ),
    holders=(
        Holder("Ana Vale", "fji-president", (), "2010-01-01", "2015-01-01", "day"),
        Holder("Ben Tora", "fji-president", ("Benjamin Tora",), "2015-01-01", "", "day"),
        Holder("Cara Moce", "fji-prime-minister", (), "2012", "", "year"),
        Holder("Yosefa Naulu", "fji-foreign-minister", (), "2014-03", "", "month"),
    ),
)


def answer(query: str) -> str:
    """The page of a recorded answer that a query asks for."""
    name = next(name for words, name in SELECTED.items() if words in query)
    rows = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))["results"]["bindings"]
    if name == "holders":
        rows = [row for row in rows if row["position"]["value"].rpartition("/")[2] in query]
    words = query.split()
    limit, offset = int(words[words.index("LIMIT") + 1]), int(words[words.index("OFFSET") + 1])
    return json.dumps({"head": {"vars": []}, "results": {"bindings": rows[offset : offset + limit]}})


class Recorded:
    """A transport that replies with what is recorded, after the replies of `first`."""

    def __init__(self, *first: Reply | Exception, limit: int = 10**6) -> None:
        self.first = list(first)
        self.limit = limit
        self.queries: list[str] = []
        self.headers: Mapping[str, str] = {}

    def get(self, url: str, parameters: Mapping[str, str], headers: Mapping[str, str], timeout: float) -> Reply:
        self.headers = headers
        self.queries.append(parameters["query"])
        if self.first:
            reply = self.first.pop(0)
            if isinstance(reply, Exception):
                raise reply
            return reply
        if len(self.queries) > self.limit:
            raise KeyboardInterrupt
        return Reply(200, {}, answer(parameters["query"]))


class Waits(list[float]):
    """The seconds that were slept."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def client(transport: Recorded, waits: Waits | None = None) -> Client:
    return Client(transport, "communique/1 (test)", sleep=Waits() if waits is None else waits)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small lexicon for ours, small pages, and a batch for every two offices."""
    pages = {name: replace(query, page=3) for name, query in harvest.queries().items()}
    monkeypatch.setattr(harvest, "queries", lambda: pages)
    monkeypatch.setattr(module, "load_lexicon", lambda: OURS)
    monkeypatch.setattr(module, "BATCH", 2)


def run(folder: Path, transport: Recorded | None = None, day: date = TODAY, **wanted: int) -> Updated:
    return update(folder, client(transport or Recorded()), day, replace(Wanted(), **wanted), lambda *_: None)


def fetched(folder: Path) -> Lexicon:
    return read_layer(folder / "wikidata")


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "wikidata").glob("*.csv"))}


def term(folder: Path, person: str) -> list[tuple[str, str, str, str, str]]:
    return [(h.office, h.start, h.end, h.precision, h.wikidata) for h in fetched(folder).holders if h.person == person]


# --- what becomes of the entries ---


def test_an_open_term_of_ours_gets_its_end_and_the_successor_is_added(tmp_path: Path) -> None:
    run(tmp_path)
    assert term(tmp_path, "Ben Tora") == [("fji-president", "2015-01-01", "2024-06-03", "day", "Q900202")]
    assert term(tmp_path, "Dan Sole") == [("fji-president", "2024-06-03", "", "day", "Q900203")]
    people = People(merged([OURS, fetched(tmp_path)]))
    office = people.by_id("fji-president")
    assert office is not None
    for day, person in [(date(2020, 1, 1), "Ben Tora"), (date(2024, 6, 4), "Dan Sole"), (date(2012, 1, 1), "Ana Vale")]:
        found = people.holder(office, day)
        assert found is not None and found[0].name == person


def test_aliases_of_ours_stay_and_nobody_is_doubled(tmp_path: Path) -> None:
    run(tmp_path)
    lexicon = merged([OURS, fetched(tmp_path)])
    assert [h.aliases for h in lexicon.holders if h.person == "Ben Tora"] == [("Benjamin Tora",)]
    people = People(lexicon)
    assert [(p.name, p.wikidata) for p in people.of_family("Naulu")] == [("Yosefa Naulu", "Q900205")]


def test_precision_is_that_of_wikidata_and_a_finer_date_takes_the_place_of_ours(tmp_path: Path) -> None:
    run(tmp_path)
    assert term(tmp_path, "Cara Moce") == [("fji-prime-minister", "2012-05", "", "month", "Q900204")]
    assert term(tmp_path, "Yosefa Naulu") == [("fji-foreign-minister", "2014-03-05", "2020", "year", "Q900205")]
    assert [h.start for h in merged([OURS, fetched(tmp_path)]).holders if h.person == "Cara Moce"] == ["2012-05"]


def test_new_offices_of_countries_and_organisations(tmp_path: Path) -> None:
    run(tmp_path)
    offices = {office.id: office for office in fetched(tmp_path).offices}
    assert set(offices) == {"ton-minister-of-defence", "ocean-league-secretary-general"}
    assert offices["ton-minister-of-defence"].level == "minister"
    assert offices["ocean-league-secretary-general"].sector == "IGO"
    assert term(tmp_path, "Hana Lutui") == [("ton-minister-of-defence", "2021-12-28", "", "day", "Q900208")]
    assert term(tmp_path, "Kena Taufa") == [("ton-king", "2006", "", "year", "Q900212")]


def test_terms_of_the_future_are_open_or_not_taken(tmp_path: Path) -> None:
    run(tmp_path)
    assert term(tmp_path, "Jon Alo") == [("ocean-league-secretary-general", "2016-09", "", "month", "Q900211")]
    assert term(tmp_path, "Iva Later") == []


def test_doubtful_terms_are_left_out_and_told(tmp_path: Path) -> None:
    kept = {change.entry: change.explanation for change in run(tmp_path).changes if change.what == "kept"}
    assert kept["Finn Rival, fji-president"] == "ours has Ana Vale from 2010-01-01 to 2015-01-01"
    assert kept["Eli Stale, fji-prime-minister"].startswith("no end is given, and Cara Moce followed")
    assert kept["Gus Decade, fji-prime-minister"] == "no start is given"
    for name in ("Finn Rival", "Eli Stale", "Gus Decade", "nobody"):
        assert term(tmp_path, name) == []


def test_organisations(tmp_path: Path) -> None:
    run(tmp_path)
    found = {entry.id: entry for entry in fetched(tmp_path).organisations}
    assert set(found) == {"ocean-league", "reef-security-compact", "tide-bank"}
    assert (found["ocean-league"].start, found["ocean-league"].wikidata) == ("1999", "Q900301")
    compact = found["reef-security-compact"]
    assert (compact.aliases, compact.start, compact.end) == (("RSC",), "2005-07", "2012-01-01")
    assert found["tide-bank"].start == ""


def test_only_what_is_wanted_is_asked_and_written(tmp_path: Path) -> None:
    transport = Recorded()
    run(tmp_path, transport, offices=False)
    assert all("?organisation ?label" in query for query in transport.queries)
    assert set(files(tmp_path)) == {"organisations.csv"}


def test_entries_of_the_user_stay_and_win(tmp_path: Path) -> None:
    own = "person,office,start,end,precision\nBen Tora,fji-president,2015-01-01,2023-01-01,day\n"
    own += "Zed Own,fji-president,2023-01-01,,day\n"
    (tmp_path / "holders.csv").write_text(own, encoding="utf-8")
    run(tmp_path)
    assert (tmp_path / "holders.csv").read_text(encoding="utf-8") == own
    assert term(tmp_path, "Ben Tora") == []
    people = People(merged([OURS, fetched(tmp_path), read_layer(tmp_path)]))
    office = people.by_id("fji-president")
    assert office is not None
    for day in (date(2023, 6, 1), date(2025, 1, 1)):
        found = people.holder(office, day)
        assert found is not None and found[0].name == "Zed Own"


def test_the_tables_written_pass_the_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from communique.curation.check import check

    run(tmp_path)
    ours = tmp_path / "ours"
    for name in ("countries", "organisations", "offices", "holders"):
        from communique.curation.rows import table_named, table_text, write_whole

        write_whole(ours / f"{name}.csv", table_text(table_named(name), getattr(OURS, name)))
    monkeypatch.setattr("communique.curation.check.layer_folders", lambda _: [ours, tmp_path / "wikidata"])
    assert [finding for finding in check().findings if finding.severity == "error"] == []


POSITIONS = [
    ("head-of-state", "USA", "President of the United States", "usa-president"),
    ("head-of-government", "USA", "President of the United States", "usa-president"),
    ("foreign-minister", "USA", "United States Secretary of State", "usa-secretary-of-state"),
    ("head-of-state", "GBR", "monarch of the United Kingdom", "gbr-monarch"),
    (
        "foreign-minister",
        "CHN",
        "Minister of Foreign Affairs of the People's Republic of China",
        "chn-foreign-minister",
    ),
    ("head-of-government", "DEU", "Federal Chancellor of Germany", "deu-chancellor"),
    ("foreign-minister", "FRA", "Minister of Europe and Foreign Affairs", "fra-foreign-minister"),
    ("head-of-state", "JPN", "Emperor of Japan", "jpn-emperor"),
    ("foreign-minister", "FRA", "Deputy Minister of Foreign Affairs", ""),
    ("head-of-state", "ZZZ", "President of Nowhere", ""),
]


@pytest.mark.parametrize(("role", "owner", "label", "office"), POSITIONS)
def test_a_position_is_found_among_our_offices(role: str, owner: str, label: str, office: str) -> None:
    offices = Offices(load_lexicon(), [Position("Q1", label, role, owner)])
    assert [found.id for found in offices.of("Q1")] == ([office] if office else [])
    assert offices.new == {}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("yosefa naulu", "iosefa naulu", True),
        ("erlan idrissov", "yerlan idrisov", True),
        ("s jaishankar", "subrahmanyam jaishankar", True),
        ("fidel castro", "raul castro", False),
        ("castro", "fidel castro", False),
        ("mohammed karim", "mohammed salem", False),
    ],
)
def test_names_in_other_letters(one: str, other: str, same: bool) -> None:
    assert _spelt_alike(one, other) is same


# --- asking ---


def test_pages_are_asked_until_one_is_not_full(tmp_path: Path) -> None:
    transport = Recorded()
    run(tmp_path, transport)
    offsets = [query.split()[-1] for query in transport.queries if "?role ?owner ?position" in query]
    assert offsets == ["0", "3", "6"]
    batches = {query.split("VALUES")[1].split("}")[0] for query in transport.queries if "VALUES" in query}
    assert len(batches) == 3
    assert "communique/1" in transport.headers["User-Agent"]


def test_the_second_run_asks_nothing_and_leaves_the_files(tmp_path: Path) -> None:
    first = run(tmp_path)
    before = files(tmp_path)
    transport = Recorded()
    second = run(tmp_path, transport)
    assert transport.queries == []
    assert files(tmp_path) == before
    assert (len(first.written), second.written) == (3, [])


def test_asked_anew_the_same_answers_give_the_same_bytes(tmp_path: Path) -> None:
    run(tmp_path)
    before = files(tmp_path)
    transport = Recorded()
    assert run(tmp_path, transport, day=date(2026, 3, 9)).written == []
    assert transport.queries
    assert files(tmp_path) == before


def test_an_interrupted_run_goes_on_with_the_first_query_without_an_answer(tmp_path: Path) -> None:
    run(tmp_path / "whole", whole := Recorded())
    broken = Recorded(limit=4)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "broken", broken)
    assert files(tmp_path / "broken") == {}
    run(tmp_path / "broken", rest := Recorded())
    assert broken.queries[:4] + rest.queries == whole.queries
    assert files(tmp_path / "broken") == files(tmp_path / "whole")


def test_a_damaged_answer_on_disk_is_asked_again(tmp_path: Path) -> None:
    run(tmp_path)
    before = files(tmp_path)
    answers = sorted((tmp_path / "wikidata" / "answers").glob("*.json"))
    answers[0].write_text('{"asked": "2026-03-01", "results": {"bindi', encoding="utf-8")
    answers[1].write_text("[]", encoding="utf-8")
    run(tmp_path, transport := Recorded())
    assert len(transport.queries) == 2
    assert files(tmp_path) == before


def test_when_answers_run_out_of_date_the_service_is_asked(tmp_path: Path) -> None:
    run(tmp_path)
    run(tmp_path, fresh := Recorded(), day=date(2026, 3, 7))
    run(tmp_path, old := Recorded(), day=date(2026, 3, 8))
    run(tmp_path, always := Recorded(), day=date(2026, 3, 8), max_age=0)
    assert (len(fresh.queries), len(old.queries)) == (0, len(always.queries))
    assert old.queries


QUERY = "SELECT DISTINCT ?role ?owner ?position ?label LIMIT 2 OFFSET 0"


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed(status: int) -> None:
    waits = Waits()
    transport = Recorded(Reply(status, {"retry-after": "37"}, ""))
    assert len(client(transport, waits).ask(QUERY)) == 2
    assert 37.0 in waits
    assert len(transport.queries) == 2


def test_retry_after_may_be_a_date() -> None:
    waits = Waits()
    transport = Recorded(Reply(429, {"retry-after": "Sun, 01 Mar 2026 12:00:45 GMT"}, ""))
    now = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
    Client(transport, "test", sleep=waits, now=lambda: now).ask(QUERY)
    assert 45.0 in waits


def test_a_wait_beyond_reason_ends_the_run_with_a_remedy() -> None:
    transport = Recorded(Reply(429, {"retry-after": "86400"}, ""))
    with pytest.raises(UpdateError, match=r"wait 86400 seconds.*it goes on from there"):
        client(transport).ask(QUERY)
    assert len(transport.queries) == 1


@pytest.mark.parametrize("header", ["soon", "-1", ""])
def test_a_senseless_retry_after_is_a_wait_that_grows(header: str) -> None:
    waits = Waits()
    reply = Reply(503, {"retry-after": header}, "")
    client(Recorded(reply, reply, reply), waits).ask(QUERY)
    assert [wait for wait in waits if wait >= FIRST_WAIT] == [FIRST_WAIT, FIRST_WAIT * 2, FIRST_WAIT * 4]


GARBAGE = ["", "<html>busy</html>", "[]", '{"results": {}}', '{"results": {"bindings": [1]}}', answer(QUERY)[:-9]]


@pytest.mark.parametrize("text", [*GARBAGE, '{"results": {"bindings": [{"a": {"type": "uri"}}]}}'])
def test_garbage_is_asked_again_and_never_kept(tmp_path: Path, text: str) -> None:
    assert bindings(text) is None
    transport = Recorded(*[Reply(200, {}, text)] * TRIES)
    with pytest.raises(UpdateError, match="not in SPARQL's JSON format"):
        run(tmp_path, transport)
    assert len(transport.queries) == TRIES
    assert list(tmp_path.rglob("*.json")) == []
    run(tmp_path, Recorded(Reply(200, {}, text)))
    assert term(tmp_path, "Dan Sole")


def test_no_network_is_an_error_with_a_remedy() -> None:
    with pytest.raises(UpdateError, match=r"no answer came \(no route\), after 6 tries.*again later"):
        client(Recorded(*[NoReplyError("no route")] * TRIES)).ask(QUERY)


@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_refusal_is_not_asked_again(status: int) -> None:
    transport = Recorded(Reply(status, {}, ""))
    with pytest.raises(UpdateError, match=f"refuses with status {status}"):
        client(transport).ask(QUERY)
    assert len(transport.queries) == 1


def test_requests_are_apart(tmp_path: Path) -> None:
    waits = Waits()
    transport = Recorded()
    update(tmp_path, client(transport, waits), TODAY, Wanted(), lambda *_: None)
    assert list(waits) == [1.0] * (len(transport.queries) - 1)


# --- dates ---


@pytest.mark.parametrize(
    ("time", "precision", "found"),
    [
        ("2015-11-02T00:00:00Z", "11", "2015-11-02"),
        ("2015-11-01T00:00:00Z", "10", "2015-11"),
        ("2015-01-01T00:00:00Z", "9", "2015"),
        ("2010-01-01T00:00:00Z", "8", ""),
        ("+2015-11-02T00:00:00Z", "11", "2015-11-02"),
        ("-0044-03-15T00:00:00Z", "11", ""),
        ("2015-02-30T00:00:00Z", "11", ""),
        ("2015-11-02", "11", ""),
        ("t123", "11", ""),
    ],
)
def test_a_date_is_no_more_precise_than_wikidata_says(time: str, precision: str, found: str) -> None:
    row = {"start": {"type": "literal", "value": time}, "startPrecision": {"type": "literal", "value": precision}}
    assert iso_date(row, "start") == found
    assert iso_date({"start": row["start"]}, "start") == ""


@pytest.mark.parametrize(
    ("terms", "joined"),
    [
        ([("2010", "2014"), ("2014", "2018"), ("2018", "")], [("2010", "")]),
        ([("2010", "2012"), ("2015", "")], [("2010", "2012"), ("2015", "")]),
        ([("2010", ""), ("2014", "2018")], [("2014", "2018")]),
        ([("2010-01-01", "2014-05-01"), ("2014-05-20", "2015-01")], [("2010-01-01", "2015-01")]),
        ([("", "2014"), ("2014", "2018")], [("", "2018")]),
    ],
)
def test_terms_that_follow_each_other_are_one(terms: list[tuple[str, str]], joined: list[tuple[str, str]]) -> None:
    assert _joined(terms) == joined


YEARS = st.integers(2000, 2020)


@given(st.lists(st.tuples(YEARS, st.integers(0, 6)).map(lambda p: (str(p[0]), str(p[0] + p[1]))), max_size=6))
def test_joined_terms_cover_the_same_years(terms: list[tuple[str, str]]) -> None:
    def years(spans: list[tuple[str, str]]) -> set[int]:
        return {year for start, end in spans for year in range(int(start), int(end) + 1)}

    found = _joined(sorted(set(terms)))
    assert years(terms) <= years(found)
    assert len(found) <= len(terms)


# --- the command ---


@contextmanager
def service() -> Iterator[str]:
    """A service on this machine that gives the recorded answers."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = answer(parse_qs(urlsplit(self.path).query)["query"][0]).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_command_fetches_and_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.curation.web.DELAY", 0.0)
    with service() as url:
        words = ["lexicon", "update", "--folder", str(tmp_path), "--endpoint", url, "--format", "json"]
        result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["entries"]["holders"] == len(fetched(tmp_path).holders) > 5
    assert {"what": "ended", "entry": "Ben Tora, fji-president", "explanation": "on 2024-06-03"} in report["changes"]


def test_the_library_that_sends_tells_what_fails() -> None:
    with pytest.raises(NoReplyError):
        Requests().get("http://127.0.0.1:9/", {}, {}, 1.0)


def test_our_own_lexicon_is_not_what_these_tests_change() -> None:
    assert load_lexicon().holders != OURS.holders
