"""What stands at the head and foot of a dispatch: dates, bylines, the dateline, credits and the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from communique.text.calendar import YEAR
from communique.text.dateline import DATE, Dateline, agency_pattern, find_dateline
from communique.text.dates import find_times, parse_date
from communique.text.parsed import Header, Words

Cut = tuple[int, int]

HEAD_LINES = 8
TITLE_LINES = 3
TITLE_CHARACTERS = 200
FOOT_CHARACTERS = 1500

_BLANKS = " \t\r\n\u00a0\ufeff"
_LINE = re.compile(r"[^\n]+")
_CLOCK = (
    r"(?:[ ,|–-]*(?:at )?\d{1,2}[:.h]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?"
    r"(?: ?\(?(?:GMT|UTC|MSK|[A-Z]{2,4}T)\)?(?:[+-]\d{1,2})?| ?[+-]\d\d:?\d\d)?)"
)
_RELEASE = re.compile(
    r"(?:(?:for )?immediate release|(?:press|media|news) (?:release|statement|note|communiqu[eé])"
    r"(?:,? (?:no|nr|№|#|ref)?\.? ?[\w/-]*\d[\w/-]*)?|(?:no|nr|№)\.? ?\d[\w/-]*|office of the spokesperson"
    r"|(?:un)?classified(?:(?: |//)[A-Z/ ]+)?|embargo(?:ed)?\b.{0,60}|check against delivery|breaking|urgent"
    r"|update \d+)"
    r"[ .:*!-]*",
    re.IGNORECASE,
)
_LABELS = (
    "(?:file )?photos?(?: credit| by)?|images?|video|pictured?|caption|related|see also|read also|also read"
    "|watch|listen|tags|keywords|contacts?|(?:media|press) contacts?|tel|phone|fax|e-?mail|editor's note"
)
_FURNITURE = (
    rf"(?:{_LABELS}):[^\n]*|read more\b[^\n]{{0,120}}|share (?:this|on)\b[^\n]{{0,60}}|advertisement"
    r"|(?:follow us (?:on|at)|subscribe to (?:our|the)|sign up (?:for|to) our|click here)\b[^\n]*"
    r"|for (?:more|further|media) (?:information|inquiries|enquiries|details),? (?:please )?"
    r"(?:contact|visit|see|call|write)\b[^\n]*"
    r"|(?:©|\(c\) |copyright (?:©|\(c\)|\d{4}))[^\n]*|all rights reserved\.?"
)
_FURNITURE_LINE = re.compile(rf"^[ \t>*(\[]*(?:{_FURNITURE})[ \t*\])]*$", re.MULTILINE | re.IGNORECASE)
_PERSON = r"[^\W\d_a-z][\w'’.-]+(?: (?:(?:de|van|von|al|bin|el|la|der|den) )?[^\W\d_a-z][\w'’.-]*){1,3}"
_BY = (
    r"(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|Compiled|Edited|Reported|Written) by "
    r"(?=[^\W\d_a-z])"
)
_CREDIT = (
    rf"\({_BY}[^()]{{2,300}}\)"
    rf"|{_BY}(?:(?!(?<=[a-z]{{3}})\. (?!Editing|Writing|Additional)[A-Z])[^\n]){{2,300}}"
)
_SOURCE = r"(?:Source|SOURCE|Sources): ?(?P<source>(?:(?!\. [A-Z])[^\n]){2,120}?)\.?"
_END_MARK = r"\(?(?:END|ENDS|End)\)?|#{1,3}|-+ ?30 ?-+|\*{3,}|\(?/?TASS/?\)?"
_FOOT = re.compile(rf"(?:(?<=\n)|(?<=[.!?\"”’)])[ \t]+)[ \t*]*(?:{_CREDIT}|{_SOURCE}|{_END_MARK})[ \t.*]*\Z")


@dataclass(frozen=True, slots=True)
class _Head:
    """What was found so far at the head, and the spans to leave out of the body."""

    date: date | None = None
    date_words: Words | None = None
    dateline: tuple[Words, ...] = ()
    agency: Words | None = None
    byline: Words | None = None
    cuts: tuple[Cut, ...] = field(default=())


def read_header(text: str, reference: date | None = None) -> tuple[Header, tuple[Cut, ...]]:
    """The header of a dispatch, and the spans between its body's start and end that are no part of the body.

    Titles stay in the body, also where a date or a dateline stands between them and the text; those are cut
    out, and so are lines of furniture ('Photo: ...', 'Read more: ...') wherever they stand.

    Args:
        text: the document's text.
        reference: the document's date, which tells the year of a date without one.
    """
    body_end, attribution = _read_foot(text)
    head = _read_head(text, body_end, reference)
    cuts = sorted({*head.cuts, *_furniture(text, body_end)})
    body_start = len(text) - len(text.lstrip(_BLANKS))
    while cuts and cuts[0][0] <= body_start:
        body_start = max(body_start, cuts.pop(0)[1])
        body_start += len(text[body_start:]) - len(text[body_start:].lstrip(_BLANKS))
    header = Header(
        body_start=min(body_start, body_end),
        body_end=body_end,
        date=head.date,
        date_words=head.date_words,
        dateline=head.dateline,
        agency=head.agency,
        byline=head.byline,
        attribution=attribution,
    )
    return header, tuple(cut for cut in cuts if cut[1] <= body_end)


def _furniture(text: str, end: int) -> Iterator[Cut]:
    for match in _FURNITURE_LINE.finditer(text, 0, end):
        yield match.span()


def _read_head(text: str, end: int, reference: date | None) -> _Head:
    head = _Head()
    titles = 0
    for line in list(_first_lines(text, end)):
        start = line.end() - len(line.group().lstrip(_BLANKS))
        start, head = _leading_date(text, start, line.end(), head)
        words = text[start : line.end()].rstrip()
        read = _read_line(words, start, head)
        if read is not None:
            head = read
            continue
        dateline = find_dateline(text, start)
        if dateline is not None:
            return _with_dateline(head, dateline, start, reference)
        titles += 1
        if not _is_title(text, words, line.end()) or titles > TITLE_LINES:
            break
    return head


def _first_lines(text: str, end: int) -> Iterator[re.Match[str]]:
    count = 0
    for line in _LINE.finditer(text, 0, end):
        if line.group().strip():
            yield line
            count += 1
            if count == HEAD_LINES:
                return


def _leading_date(text: str, start: int, end: int, head: _Head) -> tuple[int, _Head]:
    """Where a line goes on after its date ('date 2015-11-02 ASTANA. KAZINFORM ...'), and the head with it."""
    match = _leading_date_pattern().match(text, start, end)
    if match is None or not (match["label"] or find_dateline(text, match.end())):
        return start, head
    words = Words(match["date"], match.start("date"), match.end("date"))
    return match.end(), _with_date(head, words, parse_date(words.text), (start, match.end()))


def _read_line(line: str, start: int, head: _Head) -> _Head | None:
    """The head with what a whole line says of it, or None when the line is none of the header's."""
    span = (start, start + len(line))
    if len(line) > TITLE_CHARACTERS:
        return None
    if not line or _RELEASE.fullmatch(line):
        return replace(head, cuts=(*head.cuts, span))
    if _FURNITURE_LINE.fullmatch(line):
        return head
    dated = _date_line_pattern().fullmatch(line)
    if dated is not None:
        words = Words(dated["date"], start + dated.start("date"), start + dated.end("date"))
        found = parse_date(words.text)
        if found is not None:
            head = _with_date(head, words, found, span)
            return replace(head, agency=head.agency or _part(dated, "agency", start))
    byline = _byline_pattern().fullmatch(line)
    if byline is not None and not re.match(rf"By (?:{DATE}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)", line):
        place = _part(byline, "place", start)
        return replace(
            head,
            byline=head.byline or _part(byline, "names", start),
            agency=head.agency or _part(byline, "agency", start),
            dateline=head.dateline or ((place,) if place else ()),
            cuts=(*head.cuts, span),
        )
    if re.search(rf"\d.*\b{YEAR}|\b{YEAR}.*\d", line):
        found = parse_date(line)
        if found is not None:
            return _with_date(head, Words(line, *span), found, span)
    return None


def _part(match: re.Match[str], group: str, start: int) -> Words | None:
    if not match[group]:
        return None
    return Words(match[group], start + match.start(group), start + match.end(group))


def _with_date(head: _Head, words: Words, found: date | None, span: Cut) -> _Head:
    if head.date is not None or found is None:
        return replace(head, cuts=(*head.cuts, span))
    return replace(head, date=found, date_words=words, cuts=(*head.cuts, span))


def _with_dateline(head: _Head, dateline: Dateline, start: int, reference: date | None) -> _Head:
    head = replace(
        head,
        dateline=dateline.places or head.dateline,
        agency=dateline.agency or head.agency,
    )
    span = (start, dateline.end)
    words = dateline.date_words
    if words is None:
        return replace(head, cuts=(*head.cuts, span))
    found = parse_date(words.text)
    if found is None and (reference or head.date) is not None:
        times = find_times(words, reference or head.date)
        found = times[0].date if times else None
    if found is None and head.date_words is None:
        head = replace(head, date_words=words)
    return _with_date(head, words, found, span)


def _is_title(text: str, line: str, end: int) -> bool:
    """Whether a line may be a title: short, without a final stop, and not going on in the next line."""
    following = text[end + 1 : end + 2]
    return len(line) <= TITLE_CHARACTERS and line[-1:] not in ".;,:" and not following.islower()


def _read_foot(text: str) -> tuple[int, Words | None]:
    """Where the body ends, and the source named after it."""
    attribution = None
    end = len(text.rstrip())
    while end:
        window = max(0, end - FOOT_CHARACTERS)
        match = _FOOT.search(text[:end] if not window else text[window:end])
        start = -1
        if match is not None:
            start = window + match.start()
            if match["source"] and attribution is None:
                source = window + match.start("source")
                attribution = Words(match["source"], source, window + match.end("source"))
        else:
            line = text.rfind("\n", 0, end) + 1
            if line and _FURNITURE_LINE.fullmatch(text[line:end]):
                start = line
        if start <= 0:
            break
        end = len(text[:start].rstrip())
    return end, attribution


@cache
def _byline_pattern() -> re.Pattern[str]:
    person = rf"(?!(?:{agency_pattern()})(?!\w)){_PERSON}"
    return re.compile(
        rf"(?:By|BY) (?P<names>{person}(?:(?:, | and | & ){person})*)"
        rf"(?: in (?P<place>{_PERSON}|[^\W\d_a-z][\w'’-]+))?"
        r"(?:(?: ?[|–—/-] ?|, )(?P<agency>[^\n|]{2,40}?))?[ \t]*"
    )


@cache
def _date_line_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:date|dated|published|posted|issued|updated|release date|last updated|created)(?: on)?[: ]+)?"
        rf"(?P<date>{DATE}){_CLOCK}?(?:[ ]?[(|–-][ ]?(?P<agency>{agency_pattern()})\)?)?[ .|–—-]*",
        re.IGNORECASE,
    )


@cache
def _leading_date_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:(?P<label>[Dd]ate|DATE)[: ]+)?(?P<date>{DATE}){_CLOCK}?[ .,:|–—-]+(?=\S)")
