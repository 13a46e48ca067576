"""The user's own tables: what they say holds, whatever ours say of the same word, name or office."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.actors.lexicon import HOLDERS, Holder, Lexicon, load_lexicon, merged
from communique.actors.people import name_key
from communique.actors.resolver import Resolver
from communique.actors.terms import same_term
from communique.errors import SettingsError

OURS = load_lexicon()


def resolver(folder: Path, **tables: str) -> Resolver:
    """A resolver with the user's tables over ours."""
    folder.mkdir(exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return Resolver(load_lexicon((str(folder),)))


@pytest.mark.parametrize("word", ["foreign minister", "official", "neighbour", "prime-minister", "president"])
def test_an_agent_of_the_user_wins_over_our_titles_and_relations(tmp_path: Path, word: str) -> None:
    ours = Resolver(OURS).roles.get(word)
    role = resolver(tmp_path, agents=f"word,sector,kind\n{word},EDU,person\n").roles.get(word)
    assert ours is not None and ours.sector != "EDU"
    assert role is not None
    assert (role.sector, role.office, role.generic, role.other, role.weak) == ("EDU", "", False, False, False)


@pytest.mark.parametrize("word", [OURS.agents[100].word, "official", "prime minister"])
def test_a_title_of_the_user_wins(tmp_path: Path, word: str) -> None:
    role = resolver(tmp_path, titles=f"phrase,office,sector\n{word},chief rabbi,REL\n").roles.get(word)
    assert role is not None
    assert (role.sector, role.office, role.generic) == ("REL", "chief rabbi", False)


ALIASES = ["Hezbollah", "Taliban", "UN", "Kremlin", "France", "Moscow", "Kurds", "British", "WHO"]


@pytest.mark.parametrize("alias", ALIASES)
def test_an_alias_of_the_user_wins_in_the_gazetteer(tmp_path: Path, alias: str) -> None:
    found = resolver(tmp_path, groups=f"id,name,kind,country,sector,aliases\nmine,My Front,REB,FJI,REB,{alias}\n")
    assert found.gazetteer.lookup(alias)[0].entity_id == "mine"
    assert found.who(alias).country == "FJI"


@pytest.mark.parametrize("trap", [trap.text for trap in OURS.traps[::60]])
def test_an_alias_of_the_user_wins_over_our_traps(tmp_path: Path, trap: str) -> None:
    found = resolver(tmp_path, groups=f'id,name,kind,country,sector,aliases\nmine,My Front,REB,FJI,REB,"{trap}"\n')
    assert found.gazetteer.lookup(trap)[0].entity_id == "mine"


def test_a_trap_of_the_user_hides_our_names(tmp_path: Path) -> None:
    assert resolver(tmp_path, traps="text,reading\nHezbollah,none\n").who("Hezbollah").name == ""


def test_what_the_user_does_not_name_stays(tmp_path: Path) -> None:
    found = resolver(tmp_path, groups="id,name,kind,country,sector\nmine,My Front,REB,FJI,REB\n")
    for name in ALIASES:
        assert found.gazetteer.lookup(name) == Resolver(OURS).gazetteer.lookup(name)


def test_a_later_folder_wins_over_an_earlier_one(tmp_path: Path) -> None:
    for number, country in enumerate(["FJI", "TON"]):
        resolver(tmp_path / str(number), groups=f"id,name,kind,country,sector\ng{number},Red Front,REB,{country},REB\n")
    folders = (str(tmp_path / "0"), str(tmp_path / "1"))
    assert Resolver(load_lexicon(folders)).who("Red Front").country == "TON"
    assert Resolver(load_lexicon(folders[::-1])).who("Red Front").country == "FJI"


def test_tables_of_the_folder_win_over_what_was_fetched_into_it(tmp_path: Path) -> None:
    resolver(tmp_path / "wikidata", groups="id,name,kind,country,sector\na,Red Front,REB,FJI,REB\nb,Blue,REB,FJI,REB\n")
    found = resolver(tmp_path, groups="id,name,kind,country,sector\nc,Red Front,REB,TON,REB\n")
    assert [found.who(name).country for name in ("Red Front", "Blue")] == ["TON", "FJI"]


def holder_on(found: Resolver, office: str, day: str) -> str:
    post = found.people.by_id(office)
    assert post is not None
    held = found.people.holder(post, date.fromisoformat(day))
    return held[0].name if held else ""


def test_a_holder_of_the_user_wins_on_their_days_alone(tmp_path: Path) -> None:
    rows = "person,office,start,end,precision\nAn Other,deu-chancellor,2010-01-01,2010-12-31,day\n"
    found = resolver(tmp_path, holders=rows)
    assert holder_on(found, "deu-chancellor", "2010-06-01") == "An Other"
    assert holder_on(found, "deu-chancellor", "2011-06-01") == "Angela Merkel"


def test_a_term_told_with_other_dates_takes_the_place_of_ours(tmp_path: Path) -> None:
    rows = "person,office,start,end,precision\nAngela Merkel,deu-chancellor,2006-01-01,2020-12-31,day\n"
    found = resolver(tmp_path, holders=rows)
    assert holder_on(found, "deu-chancellor", "2021-06-01") == ""
    assert holder_on(found, "deu-chancellor", "2006-06-01") == "Angela Merkel"
    assert len(found.people.named("Angela Merkel")) == 1


def test_a_person_of_the_user_is_not_doubled(tmp_path: Path) -> None:
    rows = "person,office,start,precision,wikidata\nAngela Merkel,un-secretary-general,2027,year,Q567\n"
    people = resolver(tmp_path, holders=rows).people.named("Angela Merkel")
    assert [person.wikidata for person in people] == ["Q567"]


def test_an_office_of_the_user_has_its_names(tmp_path: Path) -> None:
    rows = "id,country,name,sector,aliases\nmine,FRA,President,MIL,Prime Minister\n"
    people = resolver(tmp_path, offices=rows).people
    assert [office.id for title in ("president", "prime minister") if (office := people.office("FRA", title))] == [
        "mine",
        "mine",
    ]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"there is no lexicon folder .*lexicon add"):
        load_lexicon((str(tmp_path / "none"),))


DAYS = st.dates(date(2000, 1, 1), date(2020, 12, 31)).map(date.isoformat)
DATES = st.tuples(DAYS, st.sampled_from([4, 7, 10])).map(lambda pair: pair[0][: pair[1]])
TERMS = st.tuples(st.sampled_from("AB"), DATES, DATES | st.just("")).filter(lambda t: not t[2] or t[1][:4] < t[2][:4])


@given(st.lists(TERMS, max_size=6), st.lists(TERMS, max_size=6))
def test_every_term_of_the_user_holds_and_no_retold_one_of_ours(
    ours: list[tuple[str, ...]], theirs: list[tuple[str, ...]]
) -> None:
    layers = [
        Lexicon(holders=tuple(Holder(who, "post", start=a, end=b) for who, a, b in rows)) for rows in (ours, theirs)
    ]
    found = merged(layers)
    latest = {HOLDERS.key(holder): holder for holder in layers[1].holders}
    assert set(latest.values()) <= set(found.holders)
    for old in set(layers[0].holders) - set(found.holders):
        assert any(
            new.person == old.person and same_term(old.start, old.end, new.start, new.end) for new in latest.values()
        )
    assert sorted(map(repr, found.holders)) == sorted(repr(h) for layer in found.by_layer() for h in layer.holders)


@given(DATES, DATES | st.just(""), DATES, DATES | st.just(""))
def test_being_one_term_has_no_order(start: str, end: str, other: str, other_end: str) -> None:
    assert same_term(start, end, other, other_end) == same_term(other, other_end, start, end)


def test_terms_in_a_row_are_two() -> None:
    assert not same_term("2010", "2014", "2014-05", "2018")
    assert not same_term("2010-01-01", "2014-05-02", "2014-05-02", "")
    assert same_term("2010-01-01", "2014-05-02", "2014-05-01", "")
    assert same_term("2010", "2014", "2010-05-01", "")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(
    st.sampled_from([name for group in OURS.organisations for name in (group.name, *group.aliases) if name_key(name)])
)
def test_any_of_our_names_can_be_given_another_meaning(tmp_path: Path, name: str) -> None:
    load_lexicon.cache_clear()
    (tmp_path / "groups.csv").write_text(
        f'id,name,kind,country,sector,aliases\nmine,My Front,REB,FJI,REB,"{name}"\n', encoding="utf-8"
    )
    entities = Resolver(load_lexicon((str(tmp_path),))).gazetteer.lookup(name.removeprefix("the "))
    assert entities[0].entity_id == "mine"
