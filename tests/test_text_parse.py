"""The parse: its pipeline, where sentences begin, and long texts in parts."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from communique.errors import CommuniqueError, SettingsError
from communique.settings import Settings
from communique.text import parse as parsing
from communique.text.clean import clean
from communique.text.parse import PARAGRAPHS, PipelineError, load_pipeline, model_digest, parse

MODEL = Settings().model

# text, with | where a sentence begins
SENTENCES = [
    "J. Kerry met Mr. Lavrov. |He left.",
    "The U.S. Secretary of State met Gen. A. B. Petrov in Geneva.",
    "Resolution No. 5 was adopted. |The envoys left.",
    "Minister Erlan Idrissov met today with Sec. Kerry, Amb. Rice and Maj. Gen. Poe.",
    "Sen. Smith, Prof. Lee and Hon. Li met in St. Petersburg.",
    "The sides agreed to cut tariffs; Iran promised aid; the EU objected.",
    "Talks were held in the U.S. |The minister left.",
    "Talks failed. |The envoy regretted it.",
    "Press release\n|The ministers met.",
    "The ministers:\n|agreed to meet;\n|condemned the attack;\n|praised the envoy.",
    "Joint statement by the ministers\n|Geneva\n|The ministers agreed on\n|Lee's plan.",
    "They spoke vs. Fig. 2 shows.",
]


def parse_marked(marked: str) -> tuple[Doc, list[str]]:
    text = marked.replace("|", "")
    doc = parse(load_pipeline(MODEL), text)
    return doc, [part.replace("\n", " ").strip() for part in marked.split("|")]


@pytest.mark.parametrize("marked", SENTENCES)
def test_where_sentences_begin(marked: str) -> None:
    doc, expected = parse_marked(marked)
    assert [sentence.text for sentence in doc.sents] == expected


@pytest.mark.parametrize("marked", SENTENCES)
def test_each_sentence_has_one_root(marked: str) -> None:
    doc, _ = parse_marked(marked)
    for sentence in doc.sents:
        assert [token for token in sentence if token.head == token] == [sentence.root]


def test_paragraphs_are_kept_and_no_token_is_white_space() -> None:
    text = "Joint statement\nThe ministers met. They agreed.\nThey left."
    doc = parse(load_pipeline(MODEL), text)
    assert doc.text == text.replace("\n", " ")
    assert [span.text for span in doc.spans[PARAGRAPHS]] == text.split("\n")
    assert not any(token.is_space for token in doc)


def test_long_texts_are_parsed_in_parts_that_keep_every_character(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "CHUNK_CHARACTERS", 200)
    paragraph = "Minister No. {} of Japan met Mr. Lee in the U.S. on Nov. 3. He agreed to talk; they left."
    text = "\n".join(paragraph.format(n) for n in range(12)) + "\n" + "word " * 90 + "x" * 450
    doc = parse(load_pipeline(MODEL), text)
    assert doc.text == text.replace("\n", " ")
    assert [span.text for span in doc.spans[PARAGRAPHS]] == text.split("\n")
    starts = {sentence.start_char for sentence in doc.sents}
    assert {match.end() for match in re.finditer("\n", text)} <= starts
    assert sum(1 for _ in doc.sents) >= 25


def test_parts_parse_as_their_paragraphs_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    paragraphs = [
        "The ministers met in Geneva. They agreed.",
        "The envoy condemned the attack on the mission.",
    ]
    monkeypatch.setattr(parsing, "CHUNK_CHARACTERS", 50)
    nlp = load_pipeline(MODEL)
    joined = [(token.text, token.dep_, token.tag_) for token in parse(nlp, "\n".join(paragraphs))]
    alone = [(token.text, token.dep_, token.tag_) for text in paragraphs for token in parse(nlp, text)]
    assert joined == alone


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["Talks", "met", ". ", "; ", "\n", " ", "Mr. ", "J. ", "“", "No. 5", "U.S. ", "會"])))
def test_parsed_text_is_the_cleaned_text(pieces: list[str]) -> None:
    text, _ = clean("".join(pieces))
    assert parse(load_pipeline(MODEL), text).text == text.replace("\n", " ")


def test_names_are_not_recognised_by_the_pipeline() -> None:
    assert not {"ner", "senter"} & set(load_pipeline(MODEL).pipe_names)


def test_the_digest_is_stable_and_fast() -> None:
    nlp = load_pipeline(MODEL)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        digest = model_digest(nlp)
        times.append(time.perf_counter() - start)
    assert digest == model_digest(nlp)
    assert min(times) < 0.15


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = tuple(replace(record, sha256="0" * 64) for record in parsing._records())
    monkeypatch.setattr(parsing, "_records", lambda: changed)
    with pytest.raises(PipelineError, match="are not those of version") as caught:
        load_pipeline.__wrapped__(MODEL)
    assert isinstance(caught.value, CommuniqueError)
    assert "pip install" in caught.value.remedy


def test_a_missing_pipeline_is_named_with_a_remedy() -> None:
    with pytest.raises(SettingsError, match="no_such_pipeline") as caught:
        load_pipeline("no_such_pipeline")
    assert "spacy download" in caught.value.remedy


def test_a_pipeline_without_a_parser_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("blank")
    spacy.blank("en").to_disk(folder)
    with pytest.raises(SettingsError, match="no tagger and no parser"):
        load_pipeline(str(folder))
