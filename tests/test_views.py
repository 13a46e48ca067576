"""The views of the record: what they hold, in each form, with a source behind each line, and no text that does harm."""

from __future__ import annotations

import dataclasses
import json
import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from typer.testing import CliRunner

from communique.actors.lexicon import Country
from communique.cli.app import app
from communique.coded import Coded
from communique.datafiles import packaged, read_csv_entries
from communique.diplomacy.things import Things
from communique.errors import RecordError, SettingsError
from communique.model import Event, Source
from communique.record.store import Record
from communique.views import chart
from communique.views.acts import Month
from communique.views.agreements import agreements
from communique.views.brief import ELSEWHERE, brief
from communique.views.dossier import dossier
from communique.views.listing import Scope
from communique.views.loading import Loader, pick
from communique.views.markdown import escape
from communique.views.meetings import meetings
from communique.views.person import person
from communique.views.plain import Form, render
from communique.views.positions import positions
from communique.views.report import Section
from communique.views.rows import Party
from communique.views.scope import Span, regions, side, sides, topics_under, week
from communique.views.timeline import timeline
from communique.views.words import parts
from things_helper import actors, agreement, commitment, document, meeting, on, others, position, topics, visit, who
from views_helper import synthetic

SOINI = "FIN Timo Soini"
FREELAND = "CAN Chrystia Freeland"
EVIL = (
    "<script>alert(1)</script> **b** | [x](javascript:alert(1)) `c` <img src=x onerror=alert(1)> &lt; # \x1b[31m \u202e"
)
TODAY = date(2021, 1, 1)
# As strict as the forges: tables and raw HTML are obeyed.
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def event(one: str, two: str, day: str, goldstein: float, event_type: Any = "ACCUSE", sentence: int = 0) -> Event:
    quad = 3 if goldstein < 0 else 1
    return Event(
        f"{one}{two}{day}{event_type}", "", sentence, 0, 4, "They", event_type, "", (), "111", goldstein, quad,
        actors(one), actors(two), date.fromisoformat(day), date.fromisoformat(day), "day", None, (), "happened", None,
        "rule", 0.9, (Source(sentence, 0, 4, "They"),),
    )  # fmt: skip


def told(identity: str, day: str, *things: Any, events: tuple[Event, ...] = (), **more: Any) -> Coded:
    """A document whose title and address can be given, with events that know it."""
    mine = tuple(dataclasses.replace(each, document_id=identity) for each in events)
    fields = {name: more.pop(name) for name in ("title", "url", "source") if name in more}
    coded = document(identity, day, *things, events=mine, **more)
    return dataclasses.replace(coded, document=dataclasses.replace(coded.document, **fields))


def full() -> tuple[Coded, ...]:
    """Three years of Finland and Canada, and what others did."""
    first = told(
        "a1", "2019-05-06",
        meeting(SOINI, FREELAND, day="2019-05-06", place="Helsinki", topics=topics("trade", "energy")),
        agreement("FIN", "CAN", title="agreement on fisheries", stage="signed", day="2019-05-06"),
        commitment("FIN", "CAN", "ratify CETA", due="2019-12-31", day="2019-05-06", topics=topics("trade")),
        commitment("CAN", "FIN", "open a consulate", due="2030-01-01", day="2019-05-06"),
        dataclasses.replace(position(SOINI, "supports", "free trade", "2019-05-06"), topics=topics("trade")),
        text="They met in Helsinki. They signed.", title="Readout", url="https://example.org/a1",
    )  # fmt: skip
    second = told(
        "a2", "2020-01-02",
        meeting(SOINI, FREELAND, day="2020-01-02", place="New York", level="head-of-state"),
        visit(FREELAND, "FIN", "2020-03-01", factuality="planned", start=3),
        agreement("FIN", "CAN", title="treaty on tax", stage="ratified", day="2020-01-02", kind="treaty"),
        agreement("FIN", "CAN", title="memorandum on seals", stage="negotiated", day="2020-01-02", start=5),
        dataclasses.replace(position(FREELAND, "opposes", "quotas", "2020-01-02"), topics=topics("trade")),
        dataclasses.replace(position(FREELAND, "condemns", "the seal cull", "2020-01-02"), target=actors("FIN")),
        *others(),
        events=(event("CAN", "FIN", "2020-01-02", -5.0), event("FIN", "CAN", "2019-05-05", 3.0, "SUPPORT")),
    )  # fmt: skip
    third = told(
        "b1", "2020-01-03",
        meeting("KAZ Kairat Umarov", "RUS Sergey Lavrov", day="2020-01-03", level="deputy"),
        events=(event("RUS", "UKR", "2020-01-03", -10.0, "ASSAULT"),),
    )  # fmt: skip
    return first, second, third


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("views") / "record.duckdb"
    write(found, *full())
    return found


@pytest.fixture
def store(path: Path) -> Iterator[Record]:
    with Record.open(path, read_only=True) as record:
        yield record


def write(path: Path, *batch: Coded) -> None:
    with Record.open(path) as record:
        record.write(batch, [], "v1")


def file(store: Record, **span: date) -> Any:
    return dossier(store, "FIN", "Canada", Span(**span), TODAY)


def test_a_dossier_has_all_that_an_ambassador_takes_along(store: Record) -> None:
    found = file(store)
    assert [row.date.isoformat() for row in found.meetings] == ["2020-01-02", "2019-05-06"]
    assert [row.host for row in found.ahead] == ["FIN"]
    assert [row.stage for row in found.agreements] == ["ratified", "signed", "negotiated"]
    assert [(row.content, row.status) for row in found.promises_of_first] == [("ratify CETA", "overdue")]
    assert [(row.content, row.status) for row in found.promises_of_second] == [("open a consulate", "open")]
    trade = next(each for each in found.positions if each.topic == "trade")
    assert [row.object for row in trade.first] == ["free trade"] and [row.object for row in trade.second] == ["quotas"]
    assert [each.topic for each in found.positions] == ["trade", "other matters"]
    assert [type(row).__name__ for row in found.disputes] == ["ActRow"], "one sentence is one dispute"
    assert found.tone == (Month(date(2019, 5, 1), 3.0, 1), Month(date(2020, 1, 1), -5.0, 1))
    assert [row.name for row in found.institutions] == ["Arctic Council"]
    assert {type(row).__name__ for row in found.others} >= {"InvitationRow", "AccreditationRow", "GiftRow", "AwardRow"}
    assert [source.document_id for source in found.sources] == ["a2", "a1"]


def entries_of(sections: tuple[Section, ...]) -> Iterator[Any]:
    for section in sections:
        yield from section.entries
        for row in section.table.rows if section.table else ():
            for cell in row.cells:
                yield from cell
        yield from entries_of(section.sections)


def test_every_line_has_its_number_and_its_quote(store: Record) -> None:
    for view in (file(store), timeline(store, Scope()), brief(store, "2020-W01"), person(store, "Soini", Span())):
        report = view.report()
        lines = [entry for entry in entries_of(report.sections) if entry.quote or entry.words]
        assert lines
        texts = dict(store.query("SELECT document_id, text FROM documents")[1])
        for entry in lines:
            assert report.numbers(entry) and entry.quote
            assert entry.quote in texts[entry.documents[0]]


def test_days_bound_what_is_dated_and_documents_stand_as_they_stood(store: Record) -> None:
    early = file(store, until=date(2019, 12, 1))
    assert len(early.meetings) == 1 and [row.title for row in early.agreements] == ["agreement on fisheries"]
    assert [row.status for row in early.promises_of_first] == ["open"], "its day had not come"
    late = file(store, since=date(2020, 1, 1))
    assert len(late.meetings) == 1 and len(late.agreements) == 3 and late.promises_of_first
    assert [month.month.year for month in late.tone] == [2020]


@pytest.mark.parametrize("given", ["FIN", "fin", "Finland", " finland ", "Republic of Finland"])
def test_countries_go_by_code_and_name(given: str) -> None:
    assert side(given).code == "FIN"


@pytest.mark.parametrize(("given", "complaint"), [("Finlnd", "Finland"), ("XQX", "ISO 3166"), ("", "ISO 3166")])
def test_an_unknown_country_is_told_with_the_nearest(given: str, complaint: str) -> None:
    with pytest.raises(SettingsError, match=complaint):
        side(given)


def test_a_country_has_no_dossier_with_itself(store: Record) -> None:
    with pytest.raises(SettingsError, match="one country"):
        dossier(store, "FIN", "Finland", Span())
    with pytest.raises(SettingsError, match="after"):
        Span(date(2020, 1, 2), date(2020, 1, 1))


def test_nothing_is_told_as_nothing(store: Record) -> None:
    for form in (Form.md, Form.html):
        assert "holds nothing on Finland and Mongolia" in render(dossier(store, "FIN", "MNG", Span()), form)
        assert "holds none of these" in render(meetings(store, Scope(sides("MNG FIN".split()))), form)
        assert "2019-W19 to 2020-W01" in render(brief(store, "1999-W10"), form)


def test_json_has_the_numbers_of_its_sources(store: Record) -> None:
    found = json.loads(render(file(store), Form.json))
    numbers = {source["number"] for source in found["sources"]}
    assert found["first"] == {"code": "FIN", "name": "Finland"}
    assert found["meetings"][0]["date"] == "2020-01-02"
    assert {n for row in found["meetings"] + found["disputes"] for n in row["sources"]} <= numbers == {1, 2}


def test_the_page_needs_nothing_from_outside(store: Record) -> None:
    page = lxml_html.document_fromstring(render(file(store), Form.html))
    assert page.xpath("count(//svg//path)") == 1 and page.xpath("count(//svg/rect)") == 2
    assert not page.xpath("//script | //link | //img | //iframe | //object | //@src")
    anchors = {element.get("id") for element in page.xpath("//li[@id]")}
    inner = {href.removeprefix("#") for href in page.xpath("//a/@href") if href.startswith("#")}
    assert inner == anchors == {"s1", "s2"}
    assert [href for href in page.xpath("//a/@href") if not href.startswith("#")] == ["https://example.org/a1"]


def hostile(path: Path) -> None:
    evil = dataclasses.replace(who(SOINI), name=EVIL, text=EVIL)
    met = dataclasses.replace(meeting(SOINI, FREELAND, within=EVIL), participants=(evil, who(FREELAND)))
    quote = Source(0, 0, len(EVIL), EVIL)
    things = (
        dataclasses.replace(met, quote=quote, sources=(quote,)),
        agreement("FIN", "CAN", title=EVIL, stage="signed", day="2020-01-02"),
        commitment("FIN", "CAN", EVIL, condition=EVIL, due_words=EVIL),
        dataclasses.replace(position("FIN", "supports", EVIL), target=actors("CAN"), topics=topics(EVIL)),
        *others(),
    )
    text = f"{EVIL} - 1. more\n\n# heading\n```\n"
    events = (event("CAN", "FIN", "2020-01-02", -5.0),)
    coded = told(
        "<b>`d`|1", "2020-01-02", *things, events=events, text=text, title=EVIL, source=EVIL, url="javascript:x()"
    )
    write(path, coded)


def views_of(store: Record) -> Iterator[Any]:
    scope = Scope(sides(["FIN", "CAN"]))
    yield from (file(store), timeline(store, scope), meetings(store, scope), agreements(store, scope))
    yield from (positions(store, scope), brief(store, "2020-W01"), person(store, "Chrystia", Span()))


def test_what_a_text_says_stays_text(tmp_path: Path) -> None:
    hostile(tmp_path / "evil.duckdb")
    with Record.open(tmp_path / "evil.duckdb", read_only=True) as store:
        for view in views_of(store):
            page = lxml_html.document_fromstring(render(view, Form.html))
            assert not page.xpath("//script | //img | //b[not(@class)] | //@onerror")
            assert not [href for href in page.xpath("//a/@href") if not re.fullmatch(r"#s\d+", href)]
            assert "<script>alert(1)</script>" in page.text_content(), "it is shown as it stands"
            text = render(view, Form.md)
            assert not re.search(r"(?<!\\)<(?!br>)|\x1b|\u202e|(?<!\\)`c|(?<!\\)\[x", text)
            shown = lxml_html.document_fromstring(MARKDOWN.render(text))
            assert not shown.xpath(
                "//script | //img | //@onerror | //h1[position() > 1] | //a[not(starts-with(@href, '#'))]"
            )
            assert "<script>alert(1)</script> **b** | [x](javascript:alert(1)) `c`" in shown.text_content()
            assert "javascript:x()" not in text
            assert json.loads(render(view, Form.json))["sources"]


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("a|b", r"a\|b"),
        ("1. x", r"1\. x"),
        ("4.2 x", "4.2 x"),
        ("- x", r"\- x"),
        ("# x\n## y", r"\# x \#\# y"),
        ("[a](b)", r"\[a\](b)"),
        ("a\x00\x1bb", "a\ufffd\ufffdb"),
    ],
)
def test_markdown_signs_are_escaped(text: str, safe: str) -> None:
    assert escape(text) == safe


def test_a_long_quote_is_cut_about_its_words() -> None:
    before, words, after = parts("word " * 500 + "they met here" + " word" * 500, "they met")
    assert words == "they met" and before.startswith("…") and after.endswith("…") and len(before + after) < 700


def test_a_timeline_is_in_order_and_tells_a_sentence_once(store: Record) -> None:
    found = timeline(store, Scope(sides(["FIN", "CAN"])))
    days = [row.day for row in found.rows]
    assert days == sorted(days)
    assert "ActRow" not in {type(row).__name__ for row in found.rows}, "the things of the same sentence stand for them"
    assert [type(row).__name__ for row in timeline(store, Scope(sides(["RUS"])), ["event"]).rows] == ["ActRow"]
    assert {type(row).__name__ for row in timeline(store, Scope(), ["meeting"]).rows} == {"MeetingRow"}
    assert timeline(store, Scope(limit=2)).in_all > 2 == len(timeline(store, Scope(limit=2)).rows)
    with pytest.raises(SettingsError, match="no kind 'meting'"):
        timeline(store, Scope(), ["meting"])


def test_lists_are_chosen_by_country_day_topic_and_stage(store: Record) -> None:
    assert [row.day for row in meetings(store, Scope(topics=topics_under("trade"))).rows] == [date(2019, 5, 6)]
    assert len(meetings(store, Scope(sides(["KAZ"]))).rows) == 1
    assert len(meetings(store, Scope(span=Span(date(2020, 1, 3)))).rows) == 2
    assert [row.title for row in agreements(store, Scope(), "signed").rows] == ["agreement on fisheries"]
    with pytest.raises(SettingsError, match="no stage"):
        agreements(store, Scope(), "singed")


def test_positions_are_of_each_country(store: Record) -> None:
    found = positions(store, Scope(sides(["FIN", "CAN"]), topics=topics_under("economy")))
    assert [(stand.country, len(stand.positions)) for stand in found.stands] == [("CAN", 1), ("FIN", 1)]
    assert "trade" in topics_under("economy") and topics_under("visas") == ("visas",)
    with pytest.raises(SettingsError, match="visas"):
        topics_under("visa")


def test_a_person_is_found_by_a_part_of_the_name(store: Record) -> None:
    found = person(store, "freeland", Span())
    assert found.name == "Chrystia Freeland"
    assert [(each.name, each.times) for each in found.counterparts] == [("Timo Soini", 2)]
    assert len(found.positions) == 2 and [held.office for held in found.offices] == ["Minister"]
    with pytest.raises(RecordError, match="nobody 'Nemo'"):
        person(store, "Nemo", Span())


def test_a_name_that_several_have_is_asked_back(tmp_path: Path) -> None:
    write(tmp_path / "r.duckdb", told("d", "2020-01-01", meeting("FIN Jan Kerry", "CAN Ann Kerry")))
    with (
        Record.open(tmp_path / "r.duckdb", read_only=True) as store,
        pytest.raises(RecordError, match="Ann Kerry, Jan Kerry"),
    ):
        person(store, "Kerry", Span())


def test_a_brief_ranks_what_is_new_and_says_why(store: Record) -> None:
    found = brief(store, "2020-W01")
    assert (found.since, found.until, found.read) == (date(2019, 12, 30), date(2020, 1, 5), 2)
    scores = [item.score for item in found.items]
    assert scores == sorted(scores, reverse=True)
    reasons = {type(item.row).__name__ + str(item.row.day): item.reason for item in found.items}
    assert "heads of state" in reasons["MeetingRow2020-01-02"] and "deputies" in reasons["MeetingRow2020-01-03"]
    assert "Goldstein -10" in reasons["ActRow2020-01-03"] and "one document" in reasons["ActRow2020-01-03"]
    assert "ratify CETA" not in {getattr(item.row, "content", "") for item in found.items}, "it was told before"
    headings = [section.heading for section in found.report().sections]
    assert headings[0] in ("Northern Europe", "Northern America", "Eastern Europe") and ELSEWHERE not in headings
    assert {"Central Asia", "Eastern Europe"} <= set(headings)


def test_a_brief_counts_sources_and_cuts_each_region(tmp_path: Path) -> None:
    same = [told(f"d{n}", "2020-01-02", events=(event("RUS", "UKR", "2020-01-02", -4.0),)) for n in range(4)]
    other = told("e", "2020-01-02", events=(event("RUS", "UKR", "2020-01-01", -4.5, "PROTEST"),))
    write(tmp_path / "r.duckdb", *same, other)
    with Record.open(tmp_path / "r.duckdb", read_only=True) as store:
        found = brief(store, "2020W1", limit=1)
    assert found.in_all == 2 and len(found.items) == 1
    assert "told by 4 documents" in found.items[0].reason and len(found.sources) == 4


@pytest.mark.parametrize("given", ["2015", "2015-W54", "2015-W00", "W45", "2015-45", "week"])
def test_what_is_no_week_is_told(given: str) -> None:
    with pytest.raises(SettingsError, match="2015-W45"):
        week(given)


def test_every_country_has_a_region() -> None:
    entries = read_csv_entries(packaged("communique.actors.data", "countries.csv"), Country)
    current = {entry.code for entry in entries if entry.kind != "former"}
    assert current and [code for code in current if not regions([code])] == []
    assert regions(["KAZ", "USA", "UZB", "IGO"]) == ("Central Asia", "Northern America")


def test_the_plot_holds_one_month_and_many_years() -> None:
    one = chart.plot([Month(date(2020, 1, 1), -10.0, 3)])
    assert len(one.points) == 1 and all(0 <= x <= one.width and 0 <= y <= one.height for x, y in one.points)
    many = [Month(date(1950 + n // 12, n % 12 + 1, 1), (n % 21) - 10.0, n + 1) for n in range(840)]
    assert len(chart.plot(many).months) <= 16 and len(chart.lines(many)) == 70
    assert len(chart.lines(many[:36])) == 36 and chart.lines(many[:48])[0].startswith("1950-Q1")


def test_rows_are_those_of_the_records_own_views(store: Record) -> None:
    chosen = pick(store, [])
    loader = Loader(store, chosen)
    for kind in ("meeting", "visit", "agreement", "commitment", "position"):
        ids = {row[0] for row in store.query(f"SELECT {kind}_id FROM {kind}s")[1]}
        assert {row.id for row in loader.get(kind)} == ids
    stages = dict(store.query("SELECT agreement_id, stage FROM agreements")[1])
    assert {row.id: row.stage for row in loader.get("agreement")} == stages  # type: ignore[attr-defined]


def test_the_commands_write_each_form(path: Path, tmp_path: Path) -> None:
    run, end = CliRunner().invoke, ["--record", str(path)]
    target = tmp_path / "dossier.html"
    assert run(app, ["dossier", "FIN", "CAN", "--format", "html", "--output", str(target), *end]).exit_code == 0
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    commands = ["timeline", "meetings FIN", "agreements", "positions", "person Soini", "brief --week 2020-W01"]
    for words in commands:
        result = run(app, [*words.split(), *end])
        assert result.exit_code == 0 and result.stdout.startswith("# ") and "## Sources" in result.stdout
    for words in (["dossier", "FIN", "Nowhere"], ["meetings", "FIN", "CAN", "USA"], ["brief", "--week", "x"]):
        assert run(app, [*words, *end]).exit_code == 2
    assert run(app, ["meetings", "--output", str(tmp_path), *end]).exit_code == 2


def test_an_empty_record_is_told(tmp_path: Path) -> None:
    Record.open(tmp_path / "r.duckdb").close()
    with Record.open(tmp_path / "r.duckdb", read_only=True) as store:
        assert "no dated document" in render(brief(store, "2020-W01"), Form.md)
        assert not timeline(store, Scope()).rows and not positions(store, Scope()).stands


def test_a_level_is_told_by_offices() -> None:
    from communique.views.ranking import level_of

    offices = {
        "President": "head-of-state", "Vice President": "deputy", "Deputy Prime Minister": "deputy",
        "Prime Minister": "head-of-government", "Foreign Minister": "minister", "Spokesman": "",
    }  # fmt: skip
    assert {office: level_of((Party("by", "x", "FIN", office),)) for office in offices} == offices


def test_a_dossier_over_ten_thousand_documents_takes_less_than_a_second(tmp_path: Path) -> None:
    synthetic(tmp_path / "large.duckdb", 10_000)
    times = []
    with Record.open(tmp_path / "large.duckdb", read_only=True) as store:
        for _ in range(5):
            start = time.perf_counter()
            found = dossier(store, "KAZ", "USA", Span())
            render(found, Form.md)
            times.append(time.perf_counter() - start)
    assert found.meetings_in_all == 668 and len(found.sources) > 100
    assert min(times) < 1.0, times


def test_things_without_events_and_days_do_not_break_it(tmp_path: Path) -> None:
    bare = dataclasses.replace(told("d", "2020-01-01", meeting("FIN", "CAN", day="")), date=None)
    write(tmp_path / "r.duckdb", bare, dataclasses.replace(told("e", "2020-01-01"), things=Things()))
    with Record.open(tmp_path / "r.duckdb", read_only=True) as store:
        found = dossier(store, "FIN", "CAN", Span())
        assert [row.day for row in found.meetings] == [None]
        assert "no date" in render(found, Form.html) and on("").date is None


def test_a_kept_promise_is_open_no_more(tmp_path: Path) -> None:
    write(tmp_path / "r.duckdb", *full())
    with Record.open(tmp_path / "r.duckdb") as store:
        (kept,) = (row.id for row in file(store).promises_of_first)
        changes = [(kept, 0, "open", "2019-05-06"), (kept, 1, "done", "2020-05-01")]
        store.replace({"commitment_changes": [(*row, "a2", None, None, None, None, "kept") for row in changes]})
        assert [(row.content, row.status) for row in file(store).settled] == [("ratify CETA", "done")]
        assert [row.status for row in file(store, until=date(2019, 6, 1)).promises_of_first] == ["open"]


def test_a_plea_for_support_is_no_dispute(tmp_path: Path) -> None:
    plea = dataclasses.replace(event("FIN", "CAN", "2020-01-02", -5.0, "REQUEST"), cameo="102")
    demand = dataclasses.replace(event("CAN", "FIN", "2020-01-02", -5.0, "REQUEST"), cameo="1042")
    write(tmp_path / "r.duckdb", told("d", "2020-01-02", events=(plea, demand)))
    with Record.open(tmp_path / "r.duckdb", read_only=True) as store:
        assert [row.countries("actor") for row in file(store).disputes] == [("CAN",)]
        assert file(store).tone[0].count == 2
