"""The language of a text, by script and frequent words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.text.language import detect, language_name

CASES = [
    ("The ministers of the two countries met in Geneva and agreed to resume the talks that broke off.", "en"),
    ("Kerry, Lavrov meet Geneva", "en"),
    ("Ministers' talks: Tokyo, Seoul", "en"),
    ("The EU's and Iran's envoys condemned Friday's attack.", "en"),
    (
        "Le ministre a reçu son homologue à Paris et les deux pays ont signé un accord sur la coopération.",
        "fr",
    ),
    (
        "Der Minister traf am Montag in Berlin den Gesandten, und die beiden einigten sich auf ein Treffen.",
        "de",
    ),
    ("El ministro se reunió con su homólogo en Madrid y los dos firmaron un acuerdo para la región.", "es"),
    ("Il ministro ha incontrato il suo omologo a Roma e i due hanno firmato un accordo per la pace.", "it"),
    ("O ministro reuniu-se com o seu homólogo em Lisboa e os dois assinaram um acordo para a região.", "pt"),
    (
        "De minister sprak met zijn collega in Den Haag en het overleg wordt in mei voortgezet door de twee.",
        "nl",
    ),
    (
        "Minister spotkał się w Warszawie z ambasadorem i rozmawiał na temat umowy, która została podpisana.",
        "pl",
    ),
    ("Bakan, Ankara'da mevkidaşı ile bir araya geldi ve iki ülke arasında bir anlaşma imzalandı.", "tr"),
    (
        "Ministrul a avut o întâlnire la București cu omologul său și au semnat un acord privind granița.",
        "ro",
    ),
    (
        "Menteri bertemu dengan duta besar di Jakarta dan kedua pihak sepakat untuk bekerja sama.",
        "id",
    ),
    ("Министр встретился с послом в Москве.", "ru"),
    ("Міністр зустрівся з послом у Києві, її країна згодна.", "uk"),
    ("Министр елшімен Астанада кездесті, қол қойды.", "kk"),
    ("部长会见了大使", "zh"),
    ("外務大臣は大使と会談した", "ja"),
    ("장관은 대사를 만났다", "ko"),
    ("التقى الوزير السفير في بغداد", "ar"),
    ("وزیر امور خارجه با سفیر گفتگو کرد", "fa"),
    ("השר נפגש עם השגריר", "he"),
    ("Ο υπουργός συναντήθηκε με τον πρέσβη", "el"),
    ("2015 - 11", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "code"), CASES)
def test_languages(text: str, code: str) -> None:
    found, confidence = detect(text)
    assert found == code
    assert (confidence > 0) == bool(code)


def test_long_text_of_no_known_words_is_in_no_language() -> None:
    assert detect("kalo merti subalon perikat " * 20) == ("", 0.0)


def test_names_of_languages() -> None:
    assert (language_name("fr"), language_name("xx")) == ("French", "xx")


@given(st.text(max_size=300))
def test_confidence_is_a_share(text: str) -> None:
    code, confidence = detect(text)
    assert 0.0 <= confidence <= 1.0
    assert code or confidence == 0.0
