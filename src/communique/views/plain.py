"""The result of a view as JSON, each row with the numbers of its sources; and the choice between the forms."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import date as Date
from enum import StrEnum
from typing import Any

from communique.views.html import html
from communique.views.markdown import markdown
from communique.views.report import View


class Form(StrEnum):
    """How a view is written."""

    md = "md"
    html = "html"
    json = "json"


def render(view: View, form: Form) -> str:
    """A view in the form asked for."""
    if form is Form.json:
        return to_json(view)
    return html(view.report()) if form is Form.html else markdown(view.report())


def to_json(view: View) -> str:
    """The typed result as JSON."""
    numbers = {source.document_id: source.number for source in view.sources}
    return json.dumps(_plain(view, numbers), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(value: Any, numbers: Mapping[str, int]) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: _plain(getattr(value, field.name), numbers) for field in dataclasses.fields(value)}
        if "documents" in fields:
            fields["sources"] = [numbers[each] for each in fields["documents"] if each in numbers]
        return fields
    if isinstance(value, tuple | list):
        return [_plain(item, numbers) for item in value]
    return value.isoformat() if isinstance(value, Date) else value
