"""Bytes into text: encodings detected, binary files refused."""

from __future__ import annotations

import codecs
import io
import logging
import re
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes

from communique.errors import SourceError

SAMPLE = 256_000

_LOG = logging.getLogger(__name__)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF", "Give it the extension .pdf."),
    (b"PAR1", "a Parquet table", "Give it the extension .parquet."),
    (b"PK\x03\x04", "a zip archive or an Office file", "Unpack it, or save it as .txt, .csv or .pdf."),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "Save it as .txt, .csv or .pdf."),
    (b"\x1f\x8b", "packed with gzip", "Unpack it first."),
    (b"\x28\xb5\x2f\xfd", "packed with Zstandard", "Unpack it first."),
    (b"\x89PNG", "an image", "Run text recognition (OCR) over it first."),
    (b"\xff\xd8\xff", "an image", "Run text recognition (OCR) over it first."),
    (b"{\\rtf", "rich text (RTF)", "Save it as plain text."),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ESCAPED = re.compile("[\udc80-\udcff]")
_MULTIBYTE = re.compile("[^\x00-\x7f\udc80-\udcff]")
_SAVE = "Save it as UTF-8, or name its encoding with --encoding."


def decode(content: bytes, origin: str, encoding: str = "", *, declared: str = "") -> str:
    """The text of a file, without the byte order mark; its ends of lines stay as they are.

    Args:
        content: the file's bytes.
        origin: its path, for the log, which names an encoding that was guessed.
        encoding: its encoding, '' to detect it.
        declared: the encoding that the file itself claims, believed where it is not UTF-8.

    Raises:
        SourceError: the file is empty, binary, or not in its encoding; with the line of the first wrong byte.
    """
    if not content.strip():
        raise SourceError("the file is empty", remedy="Give a file with text.")
    name = encoding_of(content, encoding, declared)
    _note(origin, name)
    try:
        return content.decode(name).removeprefix("\ufeff")
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        line = content.count(b"\n", 0, start) + 1
        raise SourceError(
            f"is not {name}: byte 0x{content[start]:02x} at position {start:,}", remedy=_SAVE, line=line
        ) from error


def open_text(path: Path, origin: str, encoding: str = "", *, newline: str) -> io.TextIOWrapper:
    """A file as a stream of text; see `read_text` for the arguments and errors."""
    stream = io.BufferedReader(path.open("rb", buffering=0), SAMPLE)
    try:
        return read_text(stream, origin, encoding, newline=newline)
    except SourceError:
        stream.close()
        raise


def read_text(stream: io.BufferedReader[Any], origin: str, encoding: str = "", *, newline: str) -> io.TextIOWrapper:
    """A stream of bytes as a stream of text; bytes that are wrong come as lone surrogates, see `undecoded`.

    Args:
        stream: bytes, from the start.
        origin: its path, for the log.
        encoding: its encoding, '' to detect it in what the stream's buffer holds.
        newline: as for `open`.

    Raises:
        SourceError: the stream is empty or binary, or no encoding fits it.
    """
    sample = stream.peek(SAMPLE)
    if not sample:
        raise SourceError("the file is empty", remedy="Give a file with text.")
    name = encoding_of(sample, encoding)
    _note(origin, name)
    return io.TextIOWrapper(stream, "utf-8-sig" if name == "utf-8" else name, "surrogateescape", newline)


def undecoded(text: str) -> bool:
    """Whether a text of `open_text` holds bytes that are not in its encoding."""
    return not text.isascii() and _ESCAPED.search(text) is not None


def encoding_of(content: bytes, encoding: str = "", declared: str = "") -> str:
    """The encoding of bytes: as given, or else detected; raises SourceError for one that nobody knows."""
    if not encoding:
        return detect(content, declared)
    try:
        name = codecs.lookup(encoding).name
        b"    ".decode(name, "ignore")
    except (LookupError, UnicodeError) as error:
        remedy = "Use a name like utf-8, utf-16, windows-1252 or koi8-r, or leave out --encoding."
        raise SourceError(f"unknown encoding {encoding!r}", remedy=remedy) from error
    return name


def _note(origin: str, name: str) -> None:
    if not name.startswith("utf-8"):
        _LOG.info("%s: read as %s", origin, name)


def detect(content: bytes, declared: str = "") -> str:
    """The encoding of bytes: by their mark, as UTF-8, as declared, then by statistics.

    Args:
        content: a file's bytes, or the first of them; a character that is cut off at the end does no harm.
        declared: what the file claims.

    Raises:
        SourceError: the bytes are binary, or no encoding fits them.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    for magic, kind, remedy in _MAGIC:
        if content.startswith(magic):
            raise SourceError(f"is {kind}, not text", remedy=remedy)
    if b"\0" in content:
        name = _utf16_without_mark(content)
        if not name:
            remedy = "Convert it to text, or give it its right extension."
            raise SourceError("is a binary file, not text", remedy=remedy)
        return name
    if _is_utf8(content):
        return "utf-8"
    if declared and _fits(content, declared):
        return declared
    return _guess(content[:SAMPLE])


def _is_utf8(content: bytes) -> bool:
    """Whether bytes are UTF-8, or were, before some of them were damaged."""
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(content)
    wrong = len(_ESCAPED.findall(text)) if not text.isascii() else 0
    return wrong == 0 or len(_MULTIBYTE.findall(text)) > wrong


def _utf16_without_mark(content: bytes) -> str:
    """UTF-16 of text in which ASCII occurs: zero bytes at odd places only, or at even ones, and often."""
    sample = content[: min(len(content), SAMPLE) // 2 * 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if min(even, odd) or (even + odd) * 20 < len(sample):
        return ""
    name = "utf-16-be" if even else "utf-16-le"
    return name if _fits(sample, name) else ""


def _guess(sample: bytes) -> str:
    # English with a few accents and curly quotes is too little for statistics: nearly always windows-1252.
    high = len(sample.translate(None, bytes(range(128))))
    names = ["cp1252"] if high * 8 < len(sample) else []
    best = from_bytes(sample).best() if not (names and _fits(sample, names[0])) else None
    names += [best.encoding] if best else []
    for name in [*names, "cp1252"]:
        if _fits(sample, name):
            return name
    raise SourceError("no encoding fits its bytes", remedy=_SAVE)


def _fits(content: bytes, name: str) -> bool:
    """Whether bytes decode to characters that a text has."""
    try:
        text = codecs.getincrementaldecoder(name)().decode(content)
    except (LookupError, UnicodeError):
        return False
    return len(_CONTROLS.findall(text)) * 100 < len(text)
