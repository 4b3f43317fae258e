"""Who is told of what became of a storefront's own host."""

from __future__ import annotations

from django.utils.translation import override

from twiza.domain.directory.selectors import managers_with_a_phone
from twiza.domain.notifications.composing import shortened
from twiza.domain.notifications.handlers.telling import script_of, tell_person
from twiza.domain.storefronts.events import HostLost
from twiza.domain.storefronts.models import StorefrontHost
from twiza.foundation.events.subscriptions import on


@on(HostLost)
def tell_operator_of_a_lost_host(event: HostLost) -> None:
    """Its managers hear that buyers come by its other address; nobody does when the host is in use again."""
    for host in StorefrontHost.objects.select_related("storefront").filter(pk=event.host_id, lost_at=event.at):
        for person in managers_with_a_phone(host.storefront.operator_id):
            with override(script_of(person.language)):
                facts = {"host": shortened(host.host, 60), "employer": shortened(host.storefront.name, 28)}
            tell_person(person, "host_lost.operator", f"host-lost:{host.pk}:{event.at}", **facts)
