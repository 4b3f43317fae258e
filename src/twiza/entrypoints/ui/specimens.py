"""What the living page shows: one of everything, in words a visitor could meet."""

from collections.abc import Mapping
from typing import Any

from django import forms

from twiza.entrypoints.ui.drawings import DRAWINGS
from twiza.entrypoints.ui.icons import ICONS
from twiza.entrypoints.ui.site import Site
from twiza.entrypoints.ui.tokens import contrast_table

# drawing, tint, price in centimes, then French and Arabic: name, content, who, where, price per measure, mark
PRODUCTS = (
    ("jar", "#d9911c", 12000, ("Miel de thym", "500 g", "Coop. Nahlat", "Azilal", "240 DH/kg", "Récolte 2026"),
     ("عسل الزعتر", "500 غ", "تعاونية نحلة", "أزيلال", "240 د.م./كغ", "محصول 2026")),
    ("bottle", "#c7a13b", 9500, ("Huile d'argan", "250 ml", "Coop. Taghart", "Tafraout", "380 DH/l", "IGP"),
     ("زيت أركان", "250 مل", "تعاونية تاغارت", "تافراوت", "380 د.م./ل", "بيان جغرافي")),
    ("bowl", "#ecd9a6", 2800, ("Couscous d'orge", "1 kg", "Coop. Barakat", "Khouribga", "28 DH/kg", ""),
     ("كسكس الشعير", "1 كغ", "تعاونية بركات", "خريبكة", "28 د.م./كغ", "")),
    ("rug", "#a83f2a", 145000, ("Tapis de Taznakht", "120 × 180", "Coop. Zraben", "Taznakht", "pièce unique", "Sur commande"),
     ("زربية تازناخت", "120 × 180", "تعاونية زرابي", "تازناخت", "قطعة فريدة", "حسب الطلب")),
    ("saffron", "#8f2416", 3850, ("Safran pur", "1 g", "Coop. Taliouine", "Taliouine", "38,50 DH/g", "AOP"),
     ("زعفران حر", "1 غ", "تعاونية تاليوين", "تاليوين", "38,50 د.م./غ", "تسمية المنشأ")),
    ("dates", "#6b3f23", 9000, ("Dattes Majhoul", "1 kg", "Coop. Ziz", "Errachidia", "90 DH/kg", ""),
     ("تمر المجهول", "1 كغ", "تعاونية زيز", "الرشيدية", "90 د.م./كغ", "")),
    ("spray", "#dd8f98", 4500, ("Eau de rose", "250 ml", "Coop. Ouarda", "M'Gouna", "180 DH/l", ""),
     ("ماء الورد", "250 مل", "تعاونية وردة", "قلعة مكونة", "180 د.م./ل", "")),
    ("pottery", "#2f6f9a", 18000, ("Tajine peint", "28 cm", "Coop. Fakhar", "Safi", "la pièce", ""),
     ("طاجين مزوق", "28 سم", "تعاونية فخار", "آسفي", "للقطعة", "")),
)  # fmt: skip
LANGUAGES = ("fr", "ar")


class SpecimenForm(forms.Form):
    """One question of each sort."""

    name = forms.CharField(label="Nom", help_text="Celui que le livreur demandera.")
    phone = forms.CharField(label="Téléphone", widget=forms.TextInput(attrs={"type": "tel"}), initial="06 61 23 45 67")
    city = forms.ChoiceField(label="Ville", choices=[("kh", "Khouribga"), ("be", "Beni Mellal")])
    payment = forms.ChoiceField(
        label="Paiement", widget=forms.RadioSelect, choices=[("cod", "À la livraison"), ("bank", "Par virement")], initial="cod"
    )
    note = forms.CharField(label="Un mot à la coopérative", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agree = forms.BooleanField(label="J'ai lu les conditions de vente")


class FilterForm(forms.Form):
    """What narrows a list."""

    city = forms.ChoiceField(label="Ville", choices=[("kh", "Khouribga"), ("be", "Beni Mellal")], required=False)
    season = forms.BooleanField(label="De saison", required=False)


def everything(language: str, theme: str) -> dict[str, Any]:
    """The context of the living page in `language` ("fr" or "ar") and `theme` ("", "light" or "dark")."""
    place = LANGUAGES.index(language)
    return {
        "site": _site(place),
        "theme": theme if theme in ("light", "dark") else "",
        "words": {name: pair[place] for name, pair in WORDS.items()},
        "products": [_product(row, place) for row in PRODUCTS],
        "chips": _chips(place),
        "steps": _steps(place),
        "tiles": _tiles(place),
        "crumbs": [{"name": pair[place], "url": "#"} for pair in CRUMBS],
        "phones": PHONES,
        "headings": ["Commande", "Coopérative", "Attend depuis", {"text": "Montant", "number": True}],
        "rows": ORDER_ROWS,
        "form": SpecimenForm(),
        "filter_form": FilterForm({"city": "kh"}),
        "refused_form": SpecimenForm({"phone": "06 61"}),
        "drawings": DRAWINGS,
        "tints": ["#d9911c", "#7a8f3a", "#a83f2a", "#2f6f9a", "#6b3f23"],
        "icons": list(ICONS),
        "contrasts": contrast_table(),
    }


def _product(row: tuple[Any, ...], place: int) -> Mapping[str, Any]:
    name, content, who, where, unit_price, mark = row[3 + place]
    return {
        "drawing": row[0], "tint": row[1], "price": row[2], "name": name, "content": content,
        "who": who, "where": where, "unit_price": unit_price, "mark": mark,
    }  # fmt: skip


def _site(place: int) -> Site:
    return Site(
        name=("Twiza", "تويزة")[place],
        search_url="#", search_placeholder=("Miel, argan, tapis…", "عسل، أركان، زربية…")[place],
        basket_url="#", basket_count=3, sign_in_url="#",
        links=((("Produits", "المنتوجات")[place], "#1"), (("Coopératives", "التعاونيات")[place], "#2")),
        footer_links=((("Comment ça marche", "كيف نعمل")[place], "#"), (("Données ouvertes", "بيانات مفتوحة")[place], "#")),
        credits=("Logiciel libre des coopératives marocaines.", "برنامج حر للتعاونيات المغربية.")[place],
    )  # fmt: skip


def _chips(place: int) -> list[dict[str, Any]]:
    names = (("Tout", "Miel", "Huiles", "Couscous", "Épices", "Tapis", "Cosmétique", "Poterie"),
             ("الكل", "عسل", "زيوت", "كسكس", "توابل", "زرابي", "تجميل", "فخار"))[place]  # fmt: skip
    return [{"name": name, "url": "#", "current": name == names[0]} for name in names]


def _steps(place: int) -> list[dict[str, str]]:
    return [{"name": pair[place], "state": state, "detail": detail[place], "icon": icon} for pair, state, detail, icon in STEPS]


def _tiles(place: int) -> list[dict[str, Any]]:
    return [{"icon": icon, "word": pair[place], "number": number, "state": state, "say": pair[place]}
            for icon, pair, number, state in TILES]  # fmt: skip


WORDS = {
    "title": ("Le marché des coopératives du Maroc", "سوق تعاونيات المغرب"),
    "text": ("Vous commandez en une fois, chaque coopérative prépare sa part, vous payez à la livraison.",
             "تطلبون مرة واحدة، وكل تعاونية تحضر حصتها، والأداء عند التسليم."),
    "products": ("Voir les produits", "شاهد المنتوجات"),
    "cooperatives": ("Les coopératives", "التعاونيات"),
    "season": ("De saison", "منتوجات الموسم"),
    "all": ("Tout voir", "عرض الكل"),
    "promise_1": ("Payez à la livraison", "الأداء عند التسليم"),
    "promise_2": ("Livré en 3 à 5 jours", "التوصيل من 3 إلى 5 أيام"),
    "promise_3": ("Règles d'hygiène publiées", "قواعد النظافة منشورة"),
    "cooperative": ("Coopérative Taghart", "تعاونية تاغارت"),
    "what": ("Huile d'argan, amlou, savon", "زيت أركان، أملو، صابون"),
    "where": ("Tafraout, Souss-Massa", "تافراوت، سوس ماسة"),
    "women": ("Menée par des femmes", "تسيرها نساء"),
    "empty": ("Votre panier est vide", "سلتكم فارغة"),
    "empty_text": ("Tout ce que vous choisissez attend ici, même demain.", "كل ما تختارونه ينتظركم هنا، حتى الغد."),
    "order": ("Commander", "أطلب الآن"),
    "later": ("Plus tard", "لاحقا"),
    "refuse": ("Refuser la commande", "رفض الطلب"),
    "alert": ("La commande est acceptée. La coopérative prépare le colis aujourd'hui.",
              "تم قبول الطلب. التعاونية تحضر الطرد اليوم."),
}  # fmt: skip
CRUMBS = (("Accueil", "الرئيسية"), ("Huiles", "زيوت"), ("Huile d'argan", "زيت أركان"))
STEPS = (
    (("Commandée", "تم الطلب"), "done", ("lundi 9 mars, 10:12", "الاثنين 9 مارس، 10:12"), ""),
    (("Acceptée par la coopérative", "قبلتها التعاونية"), "done", ("lundi 9 mars, 11:40", "الاثنين 9 مارس، 11:40"), ""),
    (("En préparation", "قيد التحضير"), "now", ("prête demain avant 12:00", "جاهزة غدا قبل 12:00"), "box"),
    (("En route", "في الطريق"), "next", ("", ""), "truck"),
    (("Livrée et payée", "تم التسليم والأداء"), "next", ("", ""), "cash"),
)
TILES = (
    ("basket", ("Commandes", "الطلبات"), 3, "waiting"), ("box", ("À préparer", "للتحضير"), 2, ""),
    ("stock", ("Mon stock", "المخزون"), 14, ""), ("coin", ("Mon argent", "أموالي"), "1 450", "done"),
    ("tag", ("Mes produits", "منتوجاتي"), 9, ""), ("help", ("Aide", "مساعدة"), "", ""),
)  # fmt: skip
PHONES = (
    {"owner": "Fatima, coop. Taghart", "number": "+212 6 61 00 00 01", "messages": [
        {"direction": "out", "text": "Commande 152, 190 DH. Répondez OUI 152 ou NON 152.", "parts": 1, "state": "remis"},
        {"direction": "in", "text": "oui 152", "state": "lu"},
        {"direction": "out", "text": "Merci. La commande 152 est a vous. Colis demain.", "parts": 1, "state": "remis"}]},
    {"owner": "حسن، تعاونية نحلة", "number": "+212 6 61 00 00 02", "messages": [
        {"direction": "out", "text": "طلب 153: عسل، 120 د.م. أجيبوا نعم أو لا 153.", "parts": 2, "state": "remis"},
        {"direction": "in", "text": "نعم 153", "state": "lu"}]},
)  # fmt: skip
ORDER_ROWS = (
    ({"text": "152", "url": "#"}, "Coop. Taghart", "2 h", {"text": "190 DH", "number": True}),
    ({"text": "153", "url": "#"}, "Coop. Nahlat", "4 h", {"text": "1 120 DH", "number": True}),
)
