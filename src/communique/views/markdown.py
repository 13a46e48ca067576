"""A report as Markdown; whatever comes from documents is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.views.chart import lines, summary
from communique.views.report import Entry, Report, Section, Table
from communique.views.words import clean, parts, web_address

# Signs that Markdown or the HTML in it would obey.
_SIGNS = re.compile(r"([\\`*_{}\[\]#|~!$])")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+>=])")


def markdown(report: Report) -> str:
    """The report as Markdown."""
    out = [f"# {escape(report.title)}", ""]
    out += [line for about in report.about for line in (escape(about), "")]
    for section in report.sections:
        out += _section(section, report, 2)
    if report.sources:
        out += ["## Sources", ""]
        for source in report.sources:
            told = [str(source.date) if source.date else "no date", source.source, source.title]
            address = web_address(source.url)
            text = ", ".join(escape(part) for part in told if part) + (f", <{address}>" if address else "")
            out.append(f"{source.number}. {text} ({escape(source.document_id)})")
        out.append("")
    return "\n".join(out)


def escape(text: str) -> str:
    """The text on one line, with Markdown's signs and HTML's made harmless."""
    plain = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _NUMBERED.sub(_harmless, _SIGNS.sub(r"\\\1", plain))


def _harmless(match: re.Match[str]) -> str:
    return f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}"


def _section(section: Section, report: Report, depth: int) -> Iterator[str]:
    yield from (f"{'#' * depth} {escape(section.heading)}", "")
    if section.note:
        yield from (escape(section.note), "")
    if section.is_empty:
        yield from (escape(section.empty or "Nothing in the record."), "")
    for entry in section.entries:
        yield f"- {_line(entry, report)}"
        yield from (f"  > {part}" for part in _quote(entry, report))
    if section.entries:
        yield ""
    if section.table and section.table.rows:
        yield from _table(section.table, report)
    if section.tone:
        yield from (f"{escape(summary(section.tone))}.", "", "```text")
        yield from ("         mean count        -10|+10", *lines(section.tone), "```", "")
    for each in section.sections:
        yield from _section(each, report, depth + 1)


def _line(entry: Entry, report: Report) -> str:
    marks = f" ({escape('; '.join(entry.marks))})" if entry.marks else ""
    day = f"**{escape(entry.day)}** " if entry.day else ""
    reason = f" *Why: {escape(entry.reason)}.*" if entry.reason else ""
    return f"{day}{escape(entry.text)}{marks}{_numbers(entry, report)}{reason}"


def _quote(entry: Entry, report: Report) -> Iterator[str]:
    if not entry.quote:
        return
    before, words, after = parts(entry.quote, entry.words)
    marked = f"{_inside(before)}**{_inside(words.strip())}**{_inside(after)}" if words.strip() else _inside(before)
    number = report.numbers(entry)
    yield f"“{marked}”" + (f" [{number[0]}]" if number else "")


def _inside(text: str) -> str:
    """A piece of a quote, whose blanks at its ends are kept."""
    return f"{' ' if text[:1].isspace() else ''}{escape(text)}{' ' if text[-1:].isspace() and text.strip() else ''}"


def _numbers(entry: Entry, report: Report) -> str:
    return "".join(f" [{number}]" for number in report.numbers(entry))


def _table(table: Table, report: Report) -> Iterator[str]:
    yield "| | " + " | ".join(escape(column) for column in table.columns) + " |"
    yield "|" + " --- |" * (len(table.columns) + 1)
    for row in table.rows:
        cells = (
            "<br>".join(" ".join((_line(entry, report), *_quote(entry, report))) for entry in cell)
            for cell in row.cells
        )
        yield f"| **{escape(row.head)}** | " + " | ".join(cells) + " |"
    yield ""
