"""Texts of documents made fit to be shown: on one line, without control characters, the words that matter set off."""

from __future__ import annotations

import unicodedata

LONGEST = 600
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """The text on one line, with each control character, those that turn the direction too, as one that is visible."""
    return " ".join("".join("\ufffd" if _commands(character) else character for character in text).split())


def _commands(character: str) -> bool:
    if character in "\n\r\t":
        return False
    return character in _TURNING or unicodedata.category(character) in ("Cc", "Cs")


def parts(quote: str, words: str) -> tuple[str, str, str]:
    """A quote as what stands before the words, the words and what stands behind; long ones are cut about the words."""
    quote, words = clean(quote), clean(words)
    start = quote.find(words) if words else -1
    if start < 0:
        return _shortened(quote, LONGEST), "", ""
    before, after = quote[:start], quote[start + len(words) :]
    room = max(0, LONGEST - len(words)) // 2
    if len(before) > room:
        before = "… " + before[len(before) - room :].partition(" ")[2]
    return before, words, _shortened(after, room)


def web_address(url: str) -> str:
    """The address where a browser may go to it, '' for other schemes."""
    return url if url.lower().startswith(("http://", "https://")) and not set(url) & set(" \n\r\t<>\"'") else ""


def _shortened(text: str, room: int) -> str:
    return text if len(text) <= room else text[:room].rpartition(" ")[0] + " …"
