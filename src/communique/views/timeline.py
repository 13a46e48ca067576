"""What happened, in order."""

from __future__ import annotations

from collections.abc import Sequence

from communique.errors import SettingsError
from communique.record.store import Record
from communique.views.acts import between, untold
from communique.views.listing import Listing, Scope, finished, things
from communique.views.loading import require_schema
from communique.views.rows import KINDS, Told, earliest_first

TELLING = tuple(kind for kind in KINDS if kind != "institution")
EVENT = "event"


def timeline(store: Record, scope: Scope, kinds: Sequence[str] = ()) -> Listing:
    """Things and events, the earliest first; an event is left out where a thing is told by the same sentence."""
    require_schema(store)
    known = (*TELLING, EVENT)
    for kind in kinds:
        if kind not in known:
            raise SettingsError(f"there is no kind {kind!r}", remedy=f"One of: {', '.join(known)}.")
    wanted = kinds or known
    found: list[Told] = things(store, [kind for kind in TELLING if kind in wanted], scope)
    if EVENT in wanted and not scope.topics:
        acts = between(store, [side.code for side in scope.sides], scope.span)
        found += untold(acts, found)
    return finished(store, "Timeline", scope, sorted(found, key=earliest_first))
