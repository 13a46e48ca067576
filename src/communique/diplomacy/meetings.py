"""Meetings, talks and calls: several tellings in a text are one meeting, with the topics that it dealt with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from communique.actors.places import dateline_place
from communique.diplomacy.joining import AHEAD, APART, REAL, Joined, join
from communique.diplomacy.levels import Levels, side
from communique.diplomacy.meeting_tellings import UNREAL, MeetingTellings
from communique.diplomacy.scene import Scene
from communique.diplomacy.things import Meeting, MeetingKind, Topic, When
from communique.diplomacy.wordings import load_sets
from communique.events.arguments import children
from communique.model import Factuality, Place
from communique.text.parsed import Words
from communique.text.tree import Word

LONGEST_LIST = 60


class Meetings:
    """Finds meetings."""

    def __init__(self) -> None:
        self._tellings = MeetingTellings()
        self._levels = Levels()
        self._discussion = load_sets("discussion")
        self._discussing = self._discussion["verbs"] | self._discussion["nouns"]

    def find(self, scene: Scene) -> Iterator[Meeting]:
        """The meetings of a document, each with all its tellings."""
        tellings = [each for each in self._tellings.of(scene) if each.factuality not in UNREAL]
        joined = join(tellings)
        discussed = self._discussed(scene, joined)
        for number, meeting in enumerate(joined):
            yield self._meeting(scene, meeting, discussed.get(number, ()))

    def _meeting(self, scene: Scene, meeting: Joined, topics: tuple[Topic, ...]) -> Meeting:
        first = meeting.first
        kind = self._kind(meeting)
        place = meeting.place
        if place is None and kind not in APART and meeting.factuality in REAL:
            place = self._dateline(scene, meeting)
        factuality: Factuality = "planned" if meeting.factuality in AHEAD else meeting.factuality
        return Meeting(
            id=scene.id("meeting", first.quote),
            document_id=scene.document_id,
            quote=first.quote,
            sources=meeting.sources,
            kind=kind,
            level=self._levels.of_meeting(meeting.participants),
            participants=meeting.participants,
            host=meeting.host,
            place=place,
            within=meeting.within,
            topics=topics,
            when=meeting.when or (self._today(scene) if factuality in REAL else When()),
            factuality=factuality,
        )

    def _today(self, scene: Scene) -> When:
        day = scene.parsed.date
        return When(day, day, "day") if day else When()

    def _kind(self, meeting: Joined) -> MeetingKind:
        if meeting.kind:
            return cast(MeetingKind, meeting.kind)
        sides = len({side(actor) for actor in meeting.participants})
        return "bilateral" if sides == 2 else "multilateral" if sides > 2 else "unknown"

    def _dateline(self, scene: Scene, meeting: Joined) -> Place | None:
        """The place of the dateline, where one of the sides is at home there."""
        towns = [part for words in scene.parsed.header.dateline for part in _parts(words)]
        for place in map(dateline_place, towns):
            if place.country and any(actor.country == place.country for actor in meeting.participants):
                return place
        return None

    def _discussed(self, scene: Scene, joined: list[Joined]) -> dict[int, tuple[Topic, ...]]:
        """The topics of each meeting: of the words that tell of it, and of the sentences on what was discussed."""
        found: dict[int, dict[tuple[int, int, str], Topic]] = {}
        places: list[tuple[int, int]] = []
        for number, meeting in enumerate(joined):
            for telling in meeting.tellings:
                if meeting.factuality in REAL:
                    places.append((telling.head.i, number))
                self._add(found, number, scene.topics_among(telling.head.subtree))
        if not places:
            places = [(one.first.head.i, number) for number, one in enumerate(joined) if one.factuality in AHEAD]
        places.sort()
        for word in scene.with_lemma(self._discussing):
            before = [number for at, number in places if at <= word.i] or [number for _, number in places[:1]]
            if before and self._tells_topics(word):
                self._add(found, before[-1], scene.topics_in(scene.number(word)))
        return {number: tuple(topics.values()) for number, topics in found.items()}

    def _add(self, found: dict[int, dict[tuple[int, int, str], Topic]], number: int, topics: tuple[Topic, ...]) -> None:
        known = found.setdefault(number, {})
        for topic in topics:
            known.setdefault((topic.start, topic.end, topic.topic), topic)

    def _tells_topics(self, word: Word) -> bool:
        if any(child.dep_ == "neg" for child in word.children):
            return False
        if word.pos_ == "VERB":
            return word.lemma_.lower() in self._discussion["verbs"]
        above = word.head
        while above.pos_ in ("ADP", "NOUN", "ADJ") and above.head is not above:
            above = above.head
        told = above.lemma_.lower() in self._discussion["noun-verbs"] or bool(children(word, "relcl"))
        return told and word.lemma_.lower() in self._discussion["nouns"]


def _parts(words: Words) -> Iterator[Words]:
    """The towns of 'ANKARA/MOGADISHU'."""
    start = words.start
    for text in words.text.split("/"):
        yield Words(text, start, start + len(text))
        start += len(text) + 1
