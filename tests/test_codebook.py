"""docs/codebook.md is what the lexicon says now."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from communique.events.contexts import Contexts
from communique.events.lexicon import load_lexicon

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_codebook", ROOT / "scripts" / "build_codebook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_codebook_is_up_to_date(script: ModuleType) -> None:
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    assert page == script.codebook(load_lexicon()), "run python scripts/build_codebook.py"


def test_the_codebook_has_every_type_code_act_wording_example_and_context(script: ModuleType) -> None:
    lexicon = load_lexicon()
    page = script.codebook(lexicon)
    missing = [name for name in lexicon.ontology.types if f"\n## {name}\n" not in page]
    missing += [code for code in lexicon.ontology.codes if f"\n| {code} | " not in page]
    missing += [act.id for act in lexicon.acts if page.count(f"\n### `{act.id}`\n") != 1]
    missing += [name for name in lexicon.ontology.forces if f"\n### Force `{name}`\n" not in page]
    for act in lexicon.acts:
        missing += [line for line in (*act.verbs, *act.nouns, *act.adjectives) if f"`{line}`" not in page]
        missing += [example.text for example in act.examples if example.text not in page]
    for context in Contexts.load(lexicon.ontology.contexts).entries:
        missing += [line for line in (*context.words, *context.phrases, *context.never) if f"`{line}`" not in page]
        missing += [context.id] if page.count(f"\n### Context {context.id}\n") != 1 else []
    assert missing == []
