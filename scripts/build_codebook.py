"""Writes docs/codebook.md from the lexicon: types, codes, acts, forces and contexts with their wordings and examples.

Run it after a change to src/communique/events/data: python scripts/build_codebook.py
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from communique.events.contexts import Context, Contexts
from communique.events.lexicon import Act, EventLexicon, load_lexicon
from communique.events.ontology import Code, Type

TARGET = Path(__file__).resolve().parents[1] / "docs" / "codebook.md"
QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
HEAD = """\
# Codebook

Made by `scripts/build_codebook.py` from `events/data`; change the data and run it again. The notation of wordings
is in [formats.md](formats.md#notation-of-wordings), how acts combine in [coding.md](coding.md).
"""


def codebook(lexicon: EventLexicon) -> str:
    """The whole page."""
    return "\n".join(_lines(lexicon)).rstrip() + "\n"


def _lines(lexicon: EventLexicon) -> Iterator[str]:
    codes = lexicon.ontology.codes
    acts = Counter(codes[act.cameo].type if act.cameo else "" for act in lexicon.acts)
    yield HEAD
    yield f"{len(lexicon.acts)} acts with {lexicon.senses} wordings, for {len(codes)} codes.\n"
    yield "| type | quad class | acts | meaning |\n|---|---|---|---|"
    for name, kind in lexicon.ontology.types.items():
        yield f"| [{name}](#{name.lower()}) | {QUADS[kind.quad_class]} | {acts[name]} | {kind.meaning} |"
    links = (f"[{name}](#context-{name})" for name in lexicon.ontology.contexts)
    yield "\nContexts: " + ", ".join(links) + ".\n"
    for name, kind in lexicon.ontology.types.items():
        of_type = {key: code for key, code in codes.items() if code.type == name}
        yield from _type(name, kind, of_type, [act for act in lexicon.acts if act.cameo in of_type])
    yield "## Without a code\n"
    yield "Acts that give no event by themselves: they work on another act, or keep a wording from being read as one.\n"
    for act in lexicon.acts:
        if not act.cameo:
            yield from _act(act)
    yield "## Forces\n"
    yield "What a force makes of the act that it is about; `=` keeps the code of the act.\n"
    for name, force in lexicon.ontology.forces.items():
        yield f"### Force `{name}`\n"
        yield f"{_sentence(force.meaning)}Factuality: {force.factuality}. Otherwise: {force.default or 'no event'}.\n"
        if force.codes:
            yield "| content begins with | whole |\n|---|---|"
            yield from (f"| {prefix} | {code or 'no event'} |" for prefix, code in sorted(force.codes.items()))
            yield ""
    yield "## Contexts\n"
    yield "What an act is about, besides what its code says: the words of its clause that tell it.\n"
    for context in Contexts.load(lexicon.ontology.contexts).entries:
        yield from _context(context)


def _context(context: Context) -> Iterator[str]:
    yield f"### Context {context.id}\n"
    yield _sentence(context.meaning).rstrip() + "\n"
    for title, lines in (("Words", context.words), ("Phrases", context.phrases), ("Not in", context.never)):
        if lines:
            yield f"- {title}: " + ", ".join(f"`{line}`" for line in lines)
    for example in context.examples:
        yield f"- Example: {example.text} ({', '.join(example.expect) or 'none'})"
    yield ""


def _type(name: str, kind: Type, codes: dict[str, Code], acts: list[Act]) -> Iterator[str]:
    yield f"## {name}\n"
    yield f"{_sentence(kind.meaning)}Modes: {', '.join(kind.modes) or 'none'}.\n"
    yield "| CAMEO | meaning | Goldstein | mode | contexts |\n|---|---|---|---|---|"
    for key, code in sorted(codes.items()):
        contexts = ", ".join(code.contexts)
        yield f"| {key} | {code.meaning} | {code.goldstein:g} | {code.mode} | {contexts} |"
    yield ""
    for act in acts:
        yield from _act(act)


def _act(act: Act) -> Iterator[str]:
    yield f"### `{act.id}`\n"
    facts = [f"frame {act.frame}"]
    facts += [f"CAMEO {act.cameo}"] if act.cameo else []
    facts += [f"force {act.force}"] if act.force else []
    facts += [f"mode {act.mode}"] if act.mode else []
    facts += [f"contexts {', '.join(act.contexts)}"] if act.contexts else []
    yield _sentence("; ".join(sorted(facts))).rstrip() + "\n"
    for title, lines in (("Verbs", act.verbs), ("Nouns", act.nouns), ("Adjectives", act.adjectives)):
        if lines:
            yield f"- {title}: " + ", ".join(f"`{line}`" for line in lines)
    for example in act.examples:
        meaning = "no event" if example.expect == "-" else example.expect
        yield f"- Example: {example.text} ({meaning})"
    yield ""


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:].rstrip('.')}. " if text else ""


if __name__ == "__main__":
    TARGET.write_text(codebook(load_lexicon()), encoding="utf-8")
