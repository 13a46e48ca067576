"""communique explain: how a sentence is read."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli import options as o
from communique.cli.tables import Format, console, print_rows
from communique.export.rows import side
from communique.reader import Reader
from communique.settings import Settings


def explain(
    sentence: Annotated[str, typer.Argument(help="The sentence, or a longer text.")],
    date: o.DateOption = "",
    model: o.Model = o.DEFAULTS.model,
    lexicon: o.Lexicon = None,
) -> None:
    """Show how a sentence is read: parse, mentions, each rule tried and why it fired or not, events.

    Example: communique explain "Kenya's president met the Ugandan president." --date 2020-01-15
    """
    settings = Settings(model, o.day(date), force_language=True, lexicon_folders=o.folders(lexicon))
    found = Reader(settings).explain(sentence, date=date or None)
    print_rows(("token", "lemma", "part of speech", "relation", "head"), found.tokens, Format.table, title="Parse")
    mentions = [(a.text, a.kind, a.name, a.country, a.sector, a.office, a.confidence, a.why) for a in found.mentions]
    heads = ("mention", "kind", "name", "country", "sector", "office", "confidence", "why")
    print_rows(heads, mentions, Format.table, title="Mentions")
    trials = [(t.trigger, t.rule, t.pattern, "fired" if t.fired else "", t.reason) for t in found.trials]
    print_rows(("word", "rule", "pattern", "fired", "why"), trials, Format.table, title="Rules tried")
    events = [
        (side(e.actors), e.event_type, side(e.recipients), e.cameo, e.factuality, e.trigger, e.rule, e.confidence)
        for e in found.events
    ]
    heads = ("actor", "type", "recipient", "CAMEO", "factuality", "trigger", "rule", "confidence")
    print_rows(heads, events, Format.table, title="Events")
    if not events:
        console().print("No event.")
