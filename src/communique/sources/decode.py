"""Bytes into text: encodings detected, binary files refused."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from communique.errors import SourceError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 200_000


def decode(content: bytes, encoding: str = "") -> str:
    """The text of a file.

    Args:
        content: the file's bytes.
        encoding: its encoding, '' to detect it (byte order mark, UTF-8, then by statistics).

    Raises:
        SourceError: the file is empty, binary, or in no encoding that fits.
    """
    if not content.strip():
        raise SourceError("the file is empty", remedy="Give a file with text.")
    if encoding:
        try:
            return content.decode(encoding)
        except (LookupError, UnicodeDecodeError) as error:
            raise SourceError(
                f"is not {encoding}: {error}", remedy="Leave out --encoding to detect it."
            ) from error
    for mark, name in MARKS:
        if content.startswith(mark):
            return _strict(content, name)
    if b"\0" in content[:SAMPLE]:
        raise SourceError(
            "is a binary file, not text", remedy="Convert it to text, or give it its right extension."
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _detected(content)


def _strict(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as error:
        raise SourceError(f"is damaged {name}: {error.reason}", remedy="Save it again as UTF-8.") from error


def _detected(content: bytes) -> str:
    best = from_bytes(content[:SAMPLE], cp_exclusion=["utf_8"]).best()
    for name in ([best.encoding] if best else []) + ["cp1252"]:
        try:
            text = content.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
        controls = sum(ch < " " and ch not in "\t\r\n\f" for ch in text[:SAMPLE])
        if controls * 100 < len(text):
            return text
    raise SourceError("no encoding fits its bytes", remedy="Save it as UTF-8, or name it with --encoding.")
