"""docs/formats.md leaves nothing out: fields of the model, tables and views of the record, keys of data files."""

from __future__ import annotations

import dataclasses
import re
from importlib import resources
from pathlib import Path
from typing import get_args

import duckdb
import pytest

from communique.actors import lexicon as who
from communique.diplomacy import topics
from communique.events import contexts, factuality, lexicon, ontology
from communique.model import Actor, Event, EventType, Factuality, Place
from communique.sources.loaders import LOADERS
from communique.text.language import Profile
from communique.text.parse import ModelRecord
from communique.text.towns import City

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "formats.md").read_text(encoding="utf-8")
HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")
DATA_FILES = {
    "languages.yaml": Profile,
    "models.yaml": ModelRecord,
    "countries.csv": who.Country,
    "organisations.csv": who.Organisation,
    "offices.csv": who.Office,
    "holders.csv": who.Holder,
    "titles.csv": who.Title,
    "agents.csv": who.Agent,
    "relational.csv": who.Relational,
    "peoples.csv": who.People,
    "traps.csv": who.Trap,
    "cities.csv": City,
    "none.yaml": lexicon.Act,
    "contexts.yaml": contexts.Context,
    "frames.yaml": lexicon.Frame,
    "factuality.yaml": factuality.Rule,
    "ontology.yaml": ontology.Code,
    "topics.yaml": topics.TopicEntry,
    "topic_frames.yaml": topics.TopicFrame,
}


def section(title: str) -> str:
    """The text below a heading, up to the next one."""
    parts = HEADING.split(PAGE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[title]


def named(text: str) -> list[str]:
    """The words set as code, in their order."""
    return CODE.findall(text)


def fields(cls: type) -> list[str]:
    assert dataclasses.is_dataclass(cls)
    return [field.name for field in dataclasses.fields(cls)]


def record_columns() -> dict[str, set[str]]:
    """The columns of every table and view, by its heading on the page."""
    folder = resources.files("communique.record")
    parts = sorted(part.name for part in folder.iterdir() if part.name.endswith(".sql"))
    schema = "".join(folder.joinpath(part).read_text(encoding="utf-8") for part in parts)
    with duckdb.connect(":memory:") as connection:
        connection.execute(schema)
        views = {
            row[0] for row in connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        }
        rows = connection.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal").fetchall()
    found: dict[str, set[str]] = {}
    for table, column in rows:
        found.setdefault(f"{'View' if table in views else 'Table'} `{table}`", set()).add(column)
    return found


RECORD = record_columns()


@pytest.mark.parametrize(("title", "cls"), [("Event", Event), ("Actor", Actor), ("Place", Place)])
def test_every_field_is_described_in_its_order(title: str, cls: type) -> None:
    first_cells = [line.split("|")[1] for line in section(title).splitlines() if line.startswith("| `")]
    assert named(" ".join(first_cells)) == fields(cls)


@pytest.mark.parametrize("title", RECORD)
def test_every_column_of_the_record_is_described(title: str) -> None:
    assert RECORD[title] - set(named(section(title))) == set()


def test_no_table_is_described_that_does_not_exist() -> None:
    assert {title for title in HEADING.findall(PAGE) if title.startswith(("View ", "Table "))} == set(RECORD)


@pytest.mark.parametrize("title", [title for title in RECORD if title.startswith("View ")])
def test_no_column_of_a_view_is_described_that_does_not_exist(title: str) -> None:
    first_cells = [line.split("|")[1] for line in section(title).splitlines() if line.startswith("| `")]
    assert set(named(" ".join(first_cells))) == RECORD[title]


@pytest.mark.parametrize(("name", "cls"), DATA_FILES.items(), ids=list(DATA_FILES))
def test_every_key_of_a_data_file_is_described(name: str, cls: type) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith("| ") and f"`{name}`" in line)
    assert set(fields(cls)) - set(named(row)) == set()


def test_every_kind_of_file_is_listed() -> None:
    assert set(LOADERS) - set(named(section("Files read"))) == set()


def test_every_factuality_is_named_and_the_number_of_types_is_right() -> None:
    assert set(get_args(Factuality)) <= set(named(section("Event")))
    assert len(get_args(EventType)) == 16
