"""Deep arguments of verbs and nouns over spaCy's dependency parse.

The surface varies (active, passive, relative, participial, control, coordination, nominal); what comes out does not:
who acts (`agents`), what is acted on (`patients`) and what each preposition brings (`obliques`). Labels are those of
ClearNLP, which spaCy's English pipelines use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.text.tree import Word

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
OBJECT_CONTROL = frozenset(
    (
        "ask urge order force tell allow permit help lead persuade convince press pressure want invite require "
        "enable encourage compel direct instruct authorize authorise request push call appeal beg warn let make "
        "prompt push"
    ).split()
)
# Their patient does what the gerund after the preposition says: 'accused Y of shelling'.
PATIENT_CONTROL = frozenset("accuse charge suspect stop prevent ban bar blame prohibit".split())
# In the passive they keep an object: 'was summoned and handed a note'.
DITRANSITIVE = frozenset(
    "hand give grant award offer send show deny refuse pay serve teach issue allow promise tell ask".split()
)
QUANTITIES = frozenset(
    "number series group part some couple dozen dozens hundred hundreds thousand thousands million millions "
    "kg kilogram kilogramme ton tonne litre liter gram barrel acre hectare score scores half third quarter "
    "majority most lot wave round string set handful bulk rest member all many several kind type form team "
    "batch shipment number percent pair tens act piece package".split()
)
LOCATIVES = frozenset({"in", "at", "near", "outside", "inside", "around", "across", "throughout"})
INFINITIVES = frozenset({"xcomp", "ccomp", "advcl", "acl"})
MAX_DEPTH = 6


def children(token: Word, *labels: str) -> list[Word]:
    """Children of `token` with one of the labels, in text order."""
    return [child for child in token.children if child.dep_ in labels]


def conjuncts(token: Word) -> list[Word]:
    """The token and those coordinated below it, in text order."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" or (child.dep_ == "appos" and _lists(token, child)):
            found.extend(conjuncts(child))
    return found


def _lists(token: Word, apposition: Word) -> bool:
    """'Saudi Arabia, Bahrain and Egypt': the parser takes the second item of a list of names for an apposition."""
    names = token.pos_ == "PROPN" and apposition.pos_ == "PROPN"
    after = any(other.i > apposition.i for other in children(token, "conj"))
    return names and (after or bool(children(apposition, "conj")))


def governor(word: Word) -> Word:
    """The head of a word, where the parser hung a coordinated verb too low the verb that it belongs to.

    'ordered the envoys to leave and closed the consulate': a finite verb is no conjunct of an infinitive.
    'recalled its envoy after guards fired, and threatened to ...': a comma closes the subordinate clause.
    """
    head = word.head
    if word.dep_ != "conj" or word.tag_ not in ("VBD", "VBZ", "VBP") or _own_subject(word) is not None:
        return head
    if head.tag_ == "VB" and head.dep_ in INFINITIVES:
        return head.head
    closed = head.dep_ in ("advcl", "relcl") or (head.dep_ == "ccomp" and _is_perfect(head))
    return head.head if closed and _comma_before(word, head) else head


def _is_perfect(verb: Word) -> bool:
    return any(child.lower_ == "had" for child in children(verb, "aux"))


def _comma_before(word: Word, head: Word) -> bool:
    link = next((child for child in children(head, "cc") if child.i < word.i), None)
    return link is not None and link.i > 0 and link.nbor(-1).text == ","


def is_passive(verb: Word) -> bool:
    """Whether the verb's surface subject is its patient: full and reduced passives."""
    if verb.tag_ not in ("VBN", "VBD"):
        return False
    for child in verb.children:
        if child.dep_ in ("auxpass", "nsubjpass"):
            return True
        if child.dep_ == "aux" and child.lemma_ == "have":
            return any(other.dep_ == "auxpass" for other in verb.children)
    if verb.dep_ == "conj" and not _own_subject(verb) and verb.tag_ == "VBN":
        return is_passive(verb.head) and (verb.lemma_ in DITRANSITIVE or not children(verb, "dobj"))
    if verb.dep_ == "amod":
        return verb.tag_ == "VBN"
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl", "relcl", "oprd") and not children(verb, "dobj", "aux")


def _own_subject(verb: Word) -> Word | None:
    found = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    return _modified_by(found) or found if found is not None else None


def _strayed_subject(verb: Word) -> Word | None:
    """'At the invitation of the king, the president of Peru, X, visited ...': the parser makes appositions of them."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.dep_ not in ("ROOT", "ccomp"):
        return None
    fronted = [child for child in verb.children if child.dep_ == "prep" and child.i < verb.i]
    found = [word for prep in fronted for word in prep.subtree if word.dep_ == "appos" and word.pos_ == "PROPN"]
    return max(found, key=lambda word: word.i, default=None)


def _modified_by(participle: Word) -> Word | None:
    """The noun where the parser made its participle the subject: 'The Red Cross working in Yemen said ...'."""
    if participle.tag_ != "VBG" or participle.dep_ != "nsubj":
        return None
    return next((child for child in children(participle, "nsubj") if child.pos_ in ("NOUN", "PROPN")), None)


def subject(verb: Word, depth: int = 0) -> Word | None:
    """The surface subject of a verb, its own or the one it shares, inherits or is controlled by."""
    own = _own_subject(verb) or headline_subject(verb) or _strayed_subject(verb)
    if own is not None:
        if own.lower_ in RELATIVES and verb.dep_ == "relcl":
            return verb.head
        return own
    if depth > MAX_DEPTH or verb.head.i == verb.i:
        return None
    head = governor(verb)
    if verb.dep_ in ("acl", "relcl", "amod"):
        if verb.dep_ == "acl" and verb.tag_ == "VBD":
            return _headline_noun(head)
        if verb.dep_ == "acl" and verb.tag_ == "VB":
            return _holder_of_infinitive(head, depth)
        return head if head.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ") else subject(head, depth + 1)
    if verb.dep_ == "xcomp" and head.lemma_ in OBJECT_CONTROL:
        controlled = children(head, "dobj", "dative")
        if controlled:
            return controlled[0]
        if is_passive(head):
            return subject(head, depth + 1)
    if verb.dep_ in ("xcomp", "conj", "advcl", "ccomp", "dep", "parataxis", "attr", "oprd", "acomp"):
        return subject(head, depth + 1)
    if verb.dep_ == "pcomp":
        return _subject_across_preposition(head, depth)
    return None


def _holder_of_infinitive(noun: Word, depth: int) -> Word | None:
    """Who a noun's infinitive is about: the noun's possessor, or the subject of the verb that governs it."""
    owner = children(noun, "poss")
    if owner:
        return owner[0]
    if noun.dep_ in ("dobj", "attr", "nsubjpass") and noun.head.pos_ in ("VERB", "AUX"):
        return subject(noun.head, depth + 1)
    return None


def _headline_noun(noun: Word) -> Word:
    """The head of the phrase whose finite verb the parser took for a participle: 'Farmers on tractors converged on'."""
    while noun.dep_ in ("pobj", "prep") and noun.head.dep_ in ("prep", "ROOT", "pobj"):
        noun = noun.head
    return noun


def has_to(verb: Word) -> bool:
    """Whether a verb has the 'to' of an infinitive."""
    return any(aux.lower_ == "to" for aux in children(verb, "aux"))


def headline_subject(verb: Word) -> Word | None:
    """Who is to act where an infinitive is all that is said: 'Ankara to shut airspace', 'Japan PM to visit India'."""
    if verb.tag_ != "VB" or not has_to(verb):
        return None
    if verb.dep_ in ("advcl", "acl"):
        return verb.head if verb.head.dep_ == "ROOT" and _names(verb.head) else None
    if verb.dep_ not in ("ROOT", "ccomp"):
        return None
    before = (child for child in verb.lefts if child.dep_ in ("nsubj", "nsubjpass") or _names(child))
    return next(before, None)


def _names(noun: Word) -> bool:
    return noun.pos_ == "PROPN" or (noun.is_upper and noun.pos_ == "NOUN")


def _subject_across_preposition(preposition: Word, depth: int) -> Word | None:
    above = preposition.head
    if above.pos_ in ("VERB", "AUX"):
        undergoing = patients(above) if above.lemma_ in PATIENT_CONTROL else []
        return undergoing[0] if undergoing else subject(above, depth + 1)
    if above.pos_ in ("NOUN", "PROPN"):
        return _holder_of_infinitive(above, depth)
    return None


def agents(token: Word) -> list[Word]:
    """Heads of the phrases that act: the deep subject of a verb, or what a noun's 'by', possessor or modifier names."""
    if token.pos_ in ("VERB", "AUX") or token.dep_ == "amod":
        if is_passive(token):
            return _by(token) or _strayed_agents(token)
        found = subject(token)
        return conjuncts(found) if found is not None else []
    return doers(token) or [noun for owner in children(token, "poss") for noun in conjuncts(owner)]


def doers(noun: Word) -> list[Word]:
    """Whom 'by' names after a noun, or after its own 'of': 'the execution of two monks by soldiers'."""
    undergoing = [inner for prep in prepositions(noun) if prep.lower_ == "of" for inner in objects(prep)]
    return obliques(noun, "by") or [doer for inner in undergoing for doer in obliques(inner, "by")]


def _by(verb: Word) -> list[Word]:
    return [
        noun
        for child in verb.children
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
        for noun in objects(child)
    ]


def _strayed_agents(verb: Word) -> list[Word]:
    """Whom a 'by' names that the parser hung on an active verb below a passive, where nobody can have used it.

    'was accused of taking bribes by the police', 'was shot as he left a school by two gunmen'.
    """
    if _own_subject(verb) is None:
        return []
    below = [g for prep in prepositions(verb) for g in children(prep, "pcomp") if g.tag_ == "VBG"]
    below += [clause for clause in children(verb, "advcl", "xcomp") if clause.i > verb.i and not is_passive(clause)]
    places = [place for clause in below for place in (clause, *children(clause, "dobj"))]
    # 'Access was denied to researchers from Memorial by the service': on a noun that cannot have done it.
    nested = [
        noun for prep in prepositions(verb) if prep.lower_ in ("to", "for", "from", "in") for noun in objects(prep)
    ]
    places += [place for noun in nested for place in (noun, *(n for prep in prepositions(noun) for n in objects(prep)))]
    places += [apposition for noun in places for apposition in children(noun, "appos")]
    return [noun for place in places for noun in _by(place) if noun.pos_ in ("NOUN", "PROPN")]


def patients(verb: Word) -> list[Word]:
    """Heads of the phrases acted on: the deep object of a verb, wherever the surface puts it."""
    if is_passive(verb):
        found = subject(verb)
        kept = children(verb, "dobj", "oprd")
        return (conjuncts(found) if found is not None else []) + [n for k in kept for n in conjuncts(k)]
    own = [noun for child in children(verb, "dobj") for noun in conjuncts(child)]
    own = own or [
        noun for clause in small_clauses(verb) for child in children(clause, "nsubj") for noun in conjuncts(child)
    ]
    if own and own[0].lower_ in RELATIVES and verb.dep_ == "relcl":
        return [verb.head]
    if own:
        return own
    if verb.dep_ == "relcl" and _has_object_gap(verb):
        return [verb.head]
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and _shares_object(verb):
        return patients(verb.head)
    return []


def small_clauses(verb: Word) -> list[Word]:
    """What a verb says of its object: 'held Iran responsible', 'accept refugees fleeing'."""
    inner = children(verb, "ccomp", "oprd", "acomp", "xcomp")
    bare = [word for word in inner if not children(word, "aux", "auxpass", "mark")]
    return [word for word in bare if word.pos_ in ("ADJ", "NOUN", "PROPN") or word.tag_ == "VBG"]


def infinitives(token: Word) -> list[Word]:
    """The verbs of the clauses that a word takes as its content: 'asked Kenya to leave', 'a refusal to leave'."""
    found = children(token, "xcomp", "ccomp", "acl")
    purposes = [clause for clause in children(token, "advcl") if clause.tag_ == "VB"]
    carried = [clause for noun in children(token, "dobj") for clause in children(noun, "acl") if clause.tag_ == "VB"]
    return [
        verb for clause in (*found, *purposes, *carried) for verb in conjuncts(clause) if verb.pos_ in ("VERB", "AUX")
    ]


def _has_object_gap(verb: Word) -> bool:
    own = _own_subject(verb)
    return own is not None and own.lower_ not in RELATIVES and not children(verb, "prep", "ccomp", "xcomp")


def _shares_object(verb: Word) -> bool:
    """'hosted and praised the envoy': the first conjunct's object stands after the second verb."""
    shared = children(verb.head, "dobj")
    return bool(shared) and shared[0].i > verb.i


def objects(preposition: Word) -> list[Word]:
    """Heads of the phrases that a preposition governs, through a second preposition ('out of')."""
    found: list[Word] = []
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp"):
            # 'An attack on the government calling it corrupt': the parser makes the participle the object.
            described = [noun for noun in children(child, "nsubj") if child.tag_ == "VBG"]
            found.extend(conjuncts(described[0] if described else child))
        elif child.dep_ == "prep":
            found.extend(objects(child))
    return found


def prepositions(token: Word) -> Iterator[Word]:
    """The prepositions that hang on a word, those that coordinate with them, and the second of 'out of'."""
    for child in token.children:
        if child.dep_ in ("prep", "dative", "agent", "prt") and child.pos_ in ("ADP", "SCONJ", "ADV", "PART"):
            yield child
            yield from (inner for inner in child.children if inner.dep_ in ("conj", "prep") and inner.pos_ == "ADP")


def obliques(token: Word, *names: str) -> list[Word]:
    """Heads of the phrases that the named prepositions bring to a word."""
    nouns = [noun for prep in prepositions(token) if prep.lower_ in names for noun in objects(prep)]
    # 'On behalf of the prisoners' brings nobody that is acted on.
    return [noun for noun in nouns if noun.lower_ != "behalf"]


def attached(verb: Word, *names: str) -> list[Word]:
    """As `obliques`, also where the parser hung the preposition on the verb's object, as it does for half of them."""
    found = obliques(verb, *names)
    if found:
        return found
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass", "attr", "advmod", "acomp", "oprd", "prt", "prep"):
            nouns = objects(child) if child.dep_ == "prep" else [child, *children(child, "amod", "nmod", "compound")]
            for noun in nouns:
                found.extend(n for n in obliques(noun, *names) if n.i > verb.i or child.dep_ == "nsubjpass")
    return found


def located(word: Word) -> Iterator[Word]:
    """Heads of the phrases that tell where, on a word or on the nouns that it governs: 'a state of siege in Pando'."""
    for token in places_in(word.subtree):
        above = token.head.head
        while (
            above.i != word.i
            and above.pos_ not in ("VERB", "AUX")
            and above.dep_ != "nsubj"
            and above.head is not above
        ):
            above = above.head
        if above.i == word.i:
            yield token


def places_in(words: Iterable[Word]) -> Iterator[Word]:
    """Heads of the phrases that locative prepositions bring, wherever they hang."""
    return (t for t in words if t.dep_ == "pobj" and t.head.lower_ in LOCATIVES and t.head.dep_ == "prep")


def core(noun: Word) -> Word:
    """The noun that carries the sense: 'a series of attacks' is about attacks."""
    for _ in range(MAX_DEPTH):
        if noun.lemma_.lower() not in QUANTITIES:
            break
        inner = obliques(noun, "of")
        if not inner:
            break
        noun = inner[0]
    return noun


def clause_of(token: Word) -> Word:
    """The verb whose clause a word stands in (the word itself where it is a verb)."""
    while token.head.i != token.i and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def ancestors(token: Word) -> Iterable[Word]:
    """The governors of a word, nearest first."""
    while token.head.i != token.i:
        token = token.head
        yield token
