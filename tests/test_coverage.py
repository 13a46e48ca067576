"""docs/coverage.md is what the tables say now, and the terms that are required are known."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from communique.actors.lexicon import Holder, load_lexicon

ROOT = Path(__file__).resolve().parents[1]

# The share of days with a known holder that must not be lost again.
FLOORS = {
    "heads of state": 0.999,
    "heads of government": 0.998,
    "foreign ministers": 0.998,
    "foreign ministers of elected members of the Security Council": 0.99,
    "organisations": 0.999,
    "further organisations": 0.999,
}


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_coverage", ROOT / "scripts" / "build_coverage.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date(script: ModuleType) -> None:
    text = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert text == script.page(load_lexicon()), "run python scripts/build_coverage.py"


def test_what_is_required_is_covered(script: ModuleType) -> None:
    shares = script.shares(script.coverage(script.required_offices(), load_lexicon().holders))
    assert set(shares) == set(FLOORS)
    assert {family: share for family, share in shares.items() if share < FLOORS[family]} == {}


def test_every_state_is_required(script: ModuleType) -> None:
    states = {c.code for c in load_lexicon().countries if c.kind == "state" and c.code != "VAT"}
    assert len(states) == 193
    for family in ("heads of state", "heads of government"):
        assert {need.country for need in script.required_offices() if need.family == family} == states


def test_required_offices_exist(script: ModuleType) -> None:
    known = {office.id for office in load_lexicon().offices}
    named = {office for need in script.required_offices() for office in need.offices}
    assert sorted(named - known) == []


def test_days_are_counted_once_and_vacancies_not_at_all(script: ModuleType) -> None:
    need = script.Required(
        family="heads of state",
        country="ABC",
        offices=("abc-president", "abc-king"),
        since="2001-01-01",
        until="2001-12-31",
        vacant=("2001-03-01/2001-03-10",),
    )
    holders = [
        Holder("A", "abc-king", start="1990", end="2001-02"),
        Holder("B", "abc-president", start="2001-02-10", end="2001-03-05"),
        Holder("C", "abc-president", start="2001-04-01", end="2001-12-30"),
        Holder("D", "xyz-president", start="2001"),
        Holder("E", "abc-president", start="2002-01-01"),
    ]
    (found,) = script.coverage([need], holders)
    assert found.holders == 3
    assert found.counted == 365 - 5
    assert found.covered == 360 - 21 - 1
    assert [(str(start), str(end)) for start, end in found.gaps] == [
        ("2001-03-11", "2001-03-31"),
        ("2001-12-31", "2001-12-31"),
    ]
    assert script.shares([found, found]) == {"heads of state": pytest.approx(338 / 360)}


def test_a_term_without_an_end_lasts_until_the_last_day(script: ModuleType) -> None:
    need = script.Required(family="f", country="ABC", offices=("o",), since="2000-01-01")
    (found,) = script.coverage([need], [Holder("A", "o", start="2000")])
    assert found.covered == found.counted == (script.LAST - found.first).days + 1
    assert found.gaps == ()
