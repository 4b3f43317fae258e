"""What an agent did in the name of a cooperative, as its people read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twiza.domain.directory.selectors import agents_ever_of
from twiza.entrypoints.ui.templatetags.ui import dirhams_text
from twiza.foundation.audit.selectors import done_on_behalf_of

if TYPE_CHECKING:
    from twiza.domain.directory.models import Organisation

MOST_SHOWN = 30
WORDS = {
    "orders.accepted": gettext_lazy("accepted order %(number)s"),
    "orders.offered": gettext_lazy("asked the buyer of order %(number)s to take a part"),
    "orders.declined": gettext_lazy("refused order %(number)s"),
    "orders.unanswered": gettext_lazy("cancelled order %(number)s, which was not answered in time"),
    "orders.unconfirmed": gettext_lazy("order %(number)s was not confirmed in time"),
    "orders.confirmed_by_call": gettext_lazy("said that the buyer confirmed order %(number)s on the telephone"),
    "orders.weighed": gettext_lazy("weighed order %(number)s"),
    "orders.ready": gettext_lazy("packed order %(number)s"),
    "orders.handed_over": gettext_lazy("sent order %(number)s"),
    "orders.delivered": gettext_lazy("said that order %(number)s was delivered"),
    "orders.in_transit": gettext_lazy("said that order %(number)s could not be given yet"),
    "orders.refused": gettext_lazy("said that nobody took order %(number)s"),
    "orders.lost": gettext_lazy("said that order %(number)s is lost"),
    "orders.returned": gettext_lazy("took order %(number)s back"),
    "orders.read_statuses": gettext_lazy("sent a carrier's list of %(number)s parcels"),
    "payments.said_handed_over": gettext_lazy("said that cash was given: %(total_centimes)s"),
    "payments.confirmed_hand_over": gettext_lazy("said that cash came: %(total_centimes)s"),
    "payments.denied_hand_over": gettext_lazy("said that cash did not come: %(total_centimes)s"),
    "quotes.answered": gettext_lazy("answered quote %(number)s: %(total_centimes)s"),
    "quotes.refused": gettext_lazy("refused quote %(number)s"),
    "quotes.withdrawn": gettext_lazy("took quote %(number)s back"),
    "quotes.country": gettext_lazy("said whether a product goes to %(country)s"),
    "enquiries.answered": gettext_lazy("answered question %(number)s"),
    "reviews.answered": gettext_lazy("answered review %(number)s"),
    "delivery.open_point": gettext_lazy("opened the pick-up point %(point)s"),
    "delivery.change_point": gettext_lazy("changed the pick-up point %(point)s"),
    "delivery.close_point": gettext_lazy("closed the pick-up point %(point)s"),
    "delivery.reopen_point": gettext_lazy("opened the pick-up point %(point)s again"),
    "delivery.say_how_it_sends": gettext_lazy("said on which days parcels leave"),
    "catalogue.describe": gettext_lazy("added a product"),
    "catalogue.revise": gettext_lazy("changed the words of a product"),
    "catalogue.set_sale_terms": gettext_lazy("said when a product is sold"),
    "catalogue.tell_of_product": gettext_lazy("told aloud how a product is made"),
    "catalogue.remove_recording": gettext_lazy("took the voice away from a product"),
    "catalogue.publish": gettext_lazy("put a product on sale"),
    "catalogue.retire": gettext_lazy("took a product off sale"),
    "catalogue.add_variant": gettext_lazy("added a size"),
    "catalogue.add_photo": gettext_lazy("added a photo"),
    "catalogue.describe_photo": gettext_lazy("changed the words of a photo"),
    "catalogue.aim_photo": gettext_lazy("changed how a photo is cut"),
    "catalogue.move_photo": gettext_lazy("changed the order of photos"),
    "catalogue.remove_photo": gettext_lazy("removed a photo"),
    "catalogue.set_price": gettext_lazy("changed a price from %(was)s to %(is)s"),
    "inventory.receive": gettext_lazy("added to the stock: %(on_hand)s now"),
    "inventory.allow_reservations": gettext_lazy("let buyers reserve %(how_many)s"),
    "inventory.count": gettext_lazy("counted the stock: %(on_hand)s now"),
}
AMOUNTS = ("was", "is", "total_centimes")


@dataclass(frozen=True)
class Act:
    """`who` is signed: Hamid, for the cooperative."""

    who: str
    what: str
    at: datetime


def signed_for(agent: str, cooperative: str) -> str:
    """How an act under a mandate is signed."""
    return _("%(agent)s, for %(cooperative)s") % {"agent": agent, "cooperative": cooperative}


def acts_for(cooperative: Organisation) -> list[Act]:
    """The latest things that agents did in the cooperative's name."""
    agents = agents_ever_of(cooperative)
    if not agents:
        return []
    entries = done_on_behalf_of(f"organisation:{cooperative.pk}", agents, latest=MOST_SHOWN)
    return [
        Act(signed_for(agents[entry.actor_id], cooperative.name), _words(entry.action, entry.details), entry.at)
        for entry in entries
        if entry.actor_id is not None
    ]


def _words(action: str, details: dict[str, Any]) -> str:
    sentence = WORDS.get(action)
    if sentence is None:
        return action
    shown: dict[str, Callable[[Any], str]] = dict.fromkeys(AMOUNTS, dirhams_text)
    facts = {name: shown.get(name, str)(value) for name, value in details.items()}
    return str(sentence) % _Facts(facts)


class _Facts(dict[str, str]):
    """Older entries say less."""

    def __missing__(self, name: str) -> str:
        return "–"
