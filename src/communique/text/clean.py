"""Cleaning: a text made fit for the parser, with the offset of every character that stays.

Quotes, spaces and hyphens are made plain, invisible characters go, hard-wrapped lines are joined, words
divided at the end of a line are made whole, and the marks of Markdown and HTML entities are undone. What is
left of a paragraph break is one line feed, so that every line of a cleaned text is a paragraph, a heading or
an item of a list.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

Edit = tuple[int, int, str]
Offsets = list[int] | range

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000\t", " "),
        **{chr(code): " " for code in range(0x2000, 0x200B)},
        **dict.fromkeys("\u2028\u2029\x85\x0b\x0c\r", "\n"),
        **dict.fromkeys("\u2010\u2011\u2212", "-"),
        "\u2015": "—",
    }
)
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8}\d{0,2});")
_ODD = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffc\x00-\x08\x0e-\x1f\x7f]+"
    r"|[ﬀ-ﬆ]"
    r"|[\u0300-\u036f]+"
    r"|''(?!')(?=[\s.,;:!?)\]]|$)|(?<!')''(?=\w)"
)
_MARKDOWN_SIGN = re.compile(r"^#{1,6} +\S|\*\*[^\s*][^*\n]*\*\*|\[[^\]\n]{1,300}\]\((?:https?:|/|#)", re.MULTILINE)
_MARKDOWN = re.compile(
    r"^[ ]{0,3}#{1,6}[ ]+|[ ]+#+[ ]*$"  # headings
    r"|^[ ]{0,3}(?:[-*_=][ ]*){3,}$"  # rules and underlines
    r"|^[ ]{0,3}>[ ]?"  # block quotes
    r"|!\[[^\]\n]{0,300}\]\([^)\n]{0,300}\)"  # images
    r"|\[(?P<shown>[^\]\n]{1,300})\]\([^)\s]{0,2000}(?: \"[^\"\n]{0,300}\")?\)"  # links
    r"|\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)"  # emphasis
    r"|\\(?=[*_#\[\]()>-])",
    re.MULTILINE,
)
_BULLET = re.compile(r"[•▪◦‣·●○■□➢►✓–*-] +(?=\S)")
_NUMBERED = re.compile(r"(?:\(?(?:\d{1,2}|[ivx]{1,4}|[a-z])\)|\d{1,2}\.) +(?=[A-Z\"'])")
_WORD = re.compile(r"\S+")
_BREAK = re.compile(r"[ ]*\n\s*|[ ]{2,}")
_DIVIDED = re.compile(r"[^\W\d_]-$")
_KEEPS_HYPHEN = re.compile(
    r"(?:^|[\s(\"'])(?:anti|co|counter|cross|ex|far|half|high|inter|intra|long|low|mid|multi|non|post|pre|pro|re|self"
    r"|semi|short|so|then|trans|two|three|four|five|six|ultra|vice|well|[\w-]+-\w+)-$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:,|\b(?:a|an|and|as|at|by|for|from|in|into|of|on|or|that|the|to|with|Mr\.|Mrs\.|Ms\.|Dr\.|[A-Z]\.))$"
)
_NAME = r"[A-Z][\w'-]*(?: [A-Z][\w'-]*){0,2}"
_HEADLINE = re.compile(r"^[A-Z](?=[^\n]{10,119}$)[^\n.!?\"]*[^\n.!?:;,\"]$", re.MULTILINE)
_PAIRED = re.compile(rf"(?:^|(?<=between )|(?<=with )){_NAME}(?P<comma>,) {_NAME} (?=[a-z])", re.MULTILINE)
_WRAP_WIDTHS = range(40, 133)


def clean(text: str) -> tuple[str, Offsets]:
    """The cleaned text and, for each of its characters and its end, the offset in `text`.

    Args:
        text: any text.

    Returns:
        The cleaned text, and offsets that never decrease, one more than it has characters. A character that
        stands for several (an entity) has the offset of their first; characters that stand for one (a
        ligature) share its offset. The offsets are a range when nothing was taken out.
    """
    offsets: Offsets = range(len(text) + 1)
    if "&" in text:
        for _ in range(2):  # twice, for '&amp;nbsp;'
            text, offsets = _edit(text, offsets, _entities(text))
    text = text.translate(_PLAIN)
    text, offsets = _edit(text, offsets, _oddities(text))
    if _MARKDOWN_SIGN.search(text):
        text, offsets = _edit(text, offsets, _markup(text))
    text, offsets = _edit(text, offsets, _layout(text))
    return _edit(text, offsets, _headlines(text))


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with some spans made spaces (line feeds stay), so that all offsets hold."""
    parts: list[str] = []
    position = 0
    for start, end in sorted(spans):
        start = max(start, position)
        if start < end:
            parts += [text[position:start], re.sub(r"[^\n]", " ", text[start:end])]
            position = end
    return "".join(parts) + text[position:]


def _edit(text: str, offsets: Offsets, edits: Iterable[Edit]) -> tuple[str, Offsets]:
    """The text with edits made, which come in order and do not overlap."""
    parts: list[str] = []
    kept: list[int] = []
    position = 0
    for start, end, new in edits:
        if text[start:end] == new:
            continue
        parts += [text[position:start], new]
        kept += offsets[position:start]
        kept += [offsets[min(start + n, max(start, end - 1))] for n in range(len(new))]
        position = end
    if not parts:
        return text, offsets
    parts.append(text[position:])
    kept += offsets[position:]
    return "".join(parts), kept


def _entities(text: str) -> Iterator[Edit]:
    for match in _ENTITY.finditer(text):
        yield match.start(), match.end(), html.unescape(match.group())


def _oddities(text: str) -> Iterator[Edit]:
    for match in _ODD.finditer(text):
        start, end = match.span()
        found = match.group()
        if found == "''":
            yield start, end, '"'
        elif found in _LIGATURES:
            yield start, end, _LIGATURES[found]
        elif unicodedata.combining(found[0]):
            start = max(0, start - 1)
            yield start, end, unicodedata.normalize("NFC", text[start:end])
        else:
            yield start, end, ""


def _markup(text: str) -> Iterator[Edit]:
    for match in _MARKDOWN.finditer(text):
        if match["shown"] is None:
            yield match.start(), match.end(), ""
        else:
            yield match.start(), match.start("shown"), ""
            yield match.end("shown"), match.end(), ""


def _layout(text: str) -> Iterator[Edit]:
    """Edits that leave one line feed at a paragraph break, one space elsewhere, and no bullets."""
    first = len(text) - len(text.lstrip())
    last = len(text.rstrip())
    width = _wrap_width(text)
    words = _marker(text, first)
    yield 0, words, ""
    listed = words > first
    for match in _BREAK.finditer(text, words, last):
        start, end = match.span()
        if start < words:
            continue
        if "\n" not in match.group():
            yield start, end, " "
            continue
        before = text[text.rfind("\n", 0, start) + 1 : start]
        words = _marker(text, end)
        if match.group().count("\n") > 1 or (listed and words > end) or _is_break(before, text, end, width):
            listed = words > end
            yield start, end, "\n"
            yield end, words, ""
            continue
        words = end
        if _DIVIDED.search(before):
            joined = text[end : end + 1].islower() and not _KEEPS_HYPHEN.search(before)
            yield start - joined, end, ""
        else:
            yield start, end, " "
    yield last, len(text), ""


def _headlines(text: str) -> Iterator[Edit]:
    """'Turkey, Iran FMs discuss Syria': a comma that stands for 'and' in a headline, which the parser does not know."""
    for line in _HEADLINE.finditer(text):
        for comma in _PAIRED.finditer(text, *line.span()):
            yield comma.start("comma"), comma.end("comma"), " and"


def _wrap_width(text: str) -> int:
    """The width that lines were wrapped at, in characters; 0 for texts that are not hard-wrapped."""
    lines = text.split("\n")
    inner = sorted(len(line) for line, after in pairwise(lines) if line and after.strip())
    width = inner[len(inner) * 9 // 10] if inner else 0
    return width if width in _WRAP_WIDTHS else 0


def _is_break(before: str, text: str, start: int, width: int) -> bool:
    """Whether a single line feed ends a paragraph: the line before it is short, or an item follows."""
    if _marker(text, start) > start and (_BULLET.match(text, start) or before.rstrip()[-1:] in ".;:,"):
        return True
    word = _WORD.match(text, start)
    if word is None or word.group()[0].islower() or _DIVIDED.search(before) or _GOES_ON.search(before):
        return False
    return not width or len(before) + 1 + len(word.group()) <= width


def _marker(text: str, start: int) -> int:
    """Where the words of an item begin that stands at `start`: after its bullet or number, if it has one."""
    match = _BULLET.match(text, start) or _NUMBERED.match(text, start)
    return match.end() if match else start
