"""Every text message exists in every language we write, says the same facts, and costs what we can pay."""

from __future__ import annotations

from string import Formatter

import pytest

from twiza.domain.notifications.composing import TEXTS, compose, shortened
from twiza.foundation.messaging.encoding import measure, smart_replace

LANGUAGES = ("fr", "ar", "ary", "en")
MOST_PARTS = {"fr": 2, "ary": 2, "en": 2, "ar": 3}
# The longest that is usual: a whole basket, a long name cut as it is cut when sent, a price of four figures.
USUAL = {
    "link": "https://www.twiza.example/fr/quotes/Ff0vWb3pYw8ZqL1xK2mT9g/",
    "number": "152374",
    "group": "152381",
    "code": "4821",
    "reference": "TW 4821 7305",
    "received": "12300.50",
    "total": "12450.50",
    "back": "12450.50",
    "time": "14:10",
    "tracking": " (AMANA 1234567890123)",
    "last": "4921",
    "lot": "7KQ2MXW9",
    "buyers": "1240",
    "left": "12500",
    "day": "26/11 14:10",
    "host": "boutique.cooperatives-khouribga.ma",
    "phone": "06 61 23 45 67",
    "plate": ", 12345-A-67",
}
LATIN = {
    "orders": "120 commandes",
    "shop": shortened("Les délices du Moyen Atlas", 24),
    "where": shortened("Gare routière Ouled Ziane, quai numéro douze, Casablanca", 50),
    "agent": "Abderrahmane Ait Benhaddou"[:24],
    "employer": shortened("Office du développement de la coopération", 28),
    "cooperative": shortened("Coopérative agricole féminine Taymatine d'Argan de Tioute", 40),
    "held": "Aït Mazigh Tamda N'Oumercid, 124 membres, 06 61 23 45 67",
    "person": shortened("Fatima-Zahra Aït Benhaddou", 24),
    "content": shortened("12 x Huile d'argan alimentaire torréfiée 250 ml, 3 x Savon noir à l'eucalyptus 500 g"),
    "fewer": shortened("8 sur 12 x Huile d'argan alimentaire torréfiée 250 ml", 40),
    "place": "El Kelâa des Sraghna",
    "country": "Bosnie-Herzégovine",
    "point": shortened("Maison de l'artisanat, avenue Mohammed V, à côté de la poste, Khouribga", 70),
    "product": "Huile d'argan alimentaire torréfiée",
    "label": shortened("Protected geographical indication (IGP) MA-2026-00417-SOUSS", 60),
    "reason": shortened("le moulin est en panne jusqu'à la semaine prochaine", 40),
}
ARABIC = {
    "orders": "120 طلبا",
    "shop": shortened("أطايب الأطلس المتوسط", 24),
    "where": shortened("محطة أولاد زيان، الرصيف رقم اثنا عشر، الدار البيضاء", 50),
    "agent": "عبد الرحمان آيت بنحدو",
    "employer": shortened("مكتب تنمية التعاون بجهة سوس ماسة", 28),
    "cooperative": shortened("تعاونية تايماتين النسوية الفلاحية لإنتاج زيت أركان بتيوت", 40),
    "held": "أيت مزيغ تامدة نومرصيد، 124 عضوا، 06 61 23 45 67",
    "person": shortened("فاطمة الزهراء آيت بنحدو", 24),
    "content": shortened("12 x زيت أركان للأكل محمص 250 مل، 3 x صابون بلدي بالأوكالبتوس 500 غ"),
    "fewer": shortened("8 من 12 x زيت أركان للأكل محمص 250 مل", 40),
    "place": "قلعة السراغنة",
    "country": "جزر فيرجن الأمريكية",
    "point": shortened("دار الصانع، شارع محمد الخامس، بجانب البريد، خريبكة", 70),
    "product": "زيت أركان للأكل محمص",
    "label": shortened("بيان جغرافي محمي (IGP) MA-2026-00417-SOUSS", 60),
    "reason": shortened("المطحنة معطلة إلى الأسبوع المقبل", 40),
}
VALUES = {language: {**USUAL, **(ARABIC if language == "ar" else LATIN)} for language in LANGUAGES}


def names() -> list[str]:
    """As `order_placed.buyer`: what happened, and who is told."""
    return sorted({path.name.rsplit(".", 3)[0] for path in TEXTS.glob("*.txt")})


def facts(name: str, language: str) -> set[str]:
    words = (TEXTS / f"{name}.{language}.sms.txt").read_text(encoding="utf-8")
    return {field for _, field, _, _ in Formatter().parse(words) if field}


@pytest.mark.parametrize("name", names())
def test_a_text_is_there_in_every_language(name):
    assert {path.name for path in TEXTS.glob(f"{name}.*")} == {f"{name}.{language}.sms.txt" for language in LANGUAGES}


@pytest.mark.parametrize("name", names())
def test_a_text_says_the_same_facts_in_every_language(name):
    assert {language: facts(name, language) for language in LANGUAGES} == dict.fromkeys(LANGUAGES, facts(name, "fr"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", names())
def test_a_text_with_long_values_costs_little(name, language):
    text = compose(name, language, **VALUES[language])

    cost = measure(smart_replace(text))
    assert cost.parts <= MOST_PARTS[language], (cost, text)
    assert cost.encoding == ("ucs2" if language == "ar" else "gsm7"), (cost, text)


@pytest.mark.parametrize("language", ["fr", "ary", "en"])
@pytest.mark.parametrize("name", names())
def test_our_own_words_need_no_dear_characters(name, language):
    """What is written is what arrives: é, è and à cost nothing, ç and ê would be replaced."""
    words = (TEXTS / f"{name}.{language}.sms.txt").read_text(encoding="utf-8")

    assert measure(words.strip()).not_gsm7 == ""
