"""Every entry of the lexicon has an example, and each example codes as it says."""

from __future__ import annotations

from datetime import date

import pytest

from communique.actors.stage import ActorStage
from communique.events.lexicon import Act, load_lexicon
from communique.events.stage import EventStage
from communique.model import Document, Event
from communique.settings import Settings
from communique.text.stage import TextStage

LEXICON = load_lexicon()
CASES = [(act.id, example.text, example.expect) for act in LEXICON.acts for example in act.examples]


@pytest.fixture(scope="module")
def stages() -> tuple[TextStage, ActorStage, EventStage]:
    settings = Settings(date=date(2015, 11, 2))
    return TextStage(settings), ActorStage(settings), EventStage(settings)


def summary(event: Event) -> str:
    actor = event.actors[0].country if event.actors else ""
    recipient = event.recipients[0].country if event.recipients else ""
    return f"{actor or '-'} {event.event_type} {recipient or '-'}"


@pytest.mark.parametrize(("act", "text", "expect"), CASES, ids=[f"{act}:{n}" for n, (act, _, _) in enumerate(CASES)])
def test_example_codes_as_it_says(
    stages: tuple[TextStage, ActorStage, EventStage], act: str, text: str, expect: str
) -> None:
    parse, annotate, code = stages
    parsed = parse.parse(Document.make(text))
    events = code.code(parsed, annotate.annotate(parsed))
    found = [summary(event) for event in events]
    if expect == "-":
        assert found == []
    else:
        assert expect in found, [(event.rule, event.trigger) for event in events]
        assert all(text[event.start : event.end] == event.trigger for event in events)


@pytest.mark.parametrize("act", LEXICON.acts, ids=lambda act: act.id)
def test_each_act_that_codes_has_an_example(act: Act) -> None:
    assert act.examples or not act.cameo
