"""Who met whom, and who went where."""

from __future__ import annotations

from communique.record.store import Record
from communique.views.listing import Listing, Scope, listing


def meetings(store: Record, scope: Scope) -> Listing:
    """Meetings and visits, the latest first."""
    return listing(store, "Meetings and visits", ("meeting", "visit"), scope)
