"""Questions about the hosts of storefronts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from twiza.domain.storefronts.envoy import PROOF, our_word
from twiza.domain.storefronts.models import Storefront, StorefrontHost
from twiza.foundation.versions.selectors import Version, version_of
from twiza.kit import clock
from twiza.kit.host_names import host_name, is_address

# A host that is given up stays its operator's for so long: it may still lead to us, and prove the wrong storefront.
RESTS_DAYS = 90
TOPICS = ("hosts", "storefronts")


@dataclass(frozen=True)
class VerifiedHosts:
    """Those in use: the storefront's word by host, and the host by the storefront's word."""

    stores: Mapping[str, str]
    hosts: Mapping[str, str]


@dataclass(frozen=True)
class HostQuestion:
    """Whom to ask, at which address there, and what only we would say."""

    host: str
    path: str
    word: str


@dataclass(frozen=True)
class Pointing:
    """Where a host has to lead: to one of these names (CNAME), or to all of these addresses (A, AAAA)."""

    names: tuple[str, ...]
    addresses: tuple[str, ...]


class Memory:
    """What this process read last, and of which version of the tables."""

    kept: tuple[Version, VerifiedHosts] | None = None


def verified_hosts() -> VerifiedHosts:
    """Every host in use, from memory: one question of an index says whether it is still true."""
    version, kept = version_of(TOPICS), Memory.kept
    if kept is not None and kept[0] == version:
        return kept[1]
    # Read after its version was asked: what changes in between is read now, and once more at the next question.
    read = _read_hosts()
    Memory.kept = (version, read)
    return read


def address_of_store(store: str) -> str:
    """Where the storefront's own pages begin, as `https://boutique.example.ma`; nothing when it has no host in use."""
    host = verified_hosts().hosts.get(store)
    return address_of_host(host) if host else ""


def address_of_host(host: str) -> str:
    """With the same encryption, and on the same port, as the site itself."""
    site = urlsplit(settings.SITE_URL)
    return f"{site.scheme}://{host}" + (f":{site.port}" if site.port else "")


def host_of(storefront: Storefront) -> StorefrontHost | None:
    """The one it has, or has asked for."""
    return StorefrontHost.objects.filter(storefront=storefront, dropped_at=None).first()


def proof_at(host: str, path: str) -> str | None:
    """What is said at this address of this host; None when nobody asked for it."""
    token = path.removeprefix(PROOF)
    if token == path or not token.isalnum() or not token.isascii():
        return None
    asked = StorefrontHost.objects.filter(host=host, token=token[:41], dropped_at=None)
    return our_word(host, path) if asked.exists() else None


def question_about(host_id: int) -> HostQuestion | None:
    """How to find out where it leads; None once it was given up."""
    asked = StorefrontHost.objects.filter(pk=host_id, dropped_at=None).first()
    if asked is None:
        return None
    path = f"{PROOF}{asked.token}"
    return HostQuestion(asked.host, path, our_word(asked.host, path))


def hosts_to_look_at() -> Sequence[int]:
    """The ids of all that were not given up."""
    return list(StorefrontHost.objects.filter(dropped_at=None).values_list("pk", flat=True))


def is_of_another(host: str, storefront: Storefront) -> bool:
    """Another storefront uses it; or another operator's gave it up lately."""
    others = StorefrontHost.objects.filter(host=host).exclude(storefront=storefront)
    rests = Q(seen_at__isnull=False, dropped_at__gt=clock.now() - timedelta(days=RESTS_DAYS))
    rests &= ~Q(storefront__operator=storefront.operator_id)
    return others.filter(rests | Q(verified_at__isnull=False, dropped_at=None)).exists()


def is_disputed(host: str, storefront: Storefront) -> bool:
    """The storefront of another operator asks for it too."""
    others = StorefrontHost.objects.filter(host=host, dropped_at=None).exclude(storefront__operator=storefront.operator_id)
    return others.exists()


def is_ours(host: str) -> bool:
    """One of the installation's own names, one under them or one above them: whoever has it has not bought it."""
    return any(_is_related(host, own) for own in _own_names())


def where_to_point() -> Pointing:
    """What to write where a name was bought."""
    said = settings.HOSTS_POINT_TO or [urlsplit(settings.SITE_URL).hostname or ""]
    addresses = tuple(one for one in said if is_address(one))
    return Pointing(tuple(one for one in said if one not in addresses), addresses)


def _own_names() -> frozenset[str]:
    named = [urlsplit(settings.SITE_URL).hostname or "", *settings.ALLOWED_HOSTS, *where_to_point().names]
    plain = (name.lstrip("*.").lower() for name in named)
    return frozenset(host_name(name) or name for name in plain if name)


def _is_related(host: str, own: str) -> bool:
    if "." not in own or is_address(own):
        return host == own
    return host == own or host.endswith(f".{own}") or own.endswith(f".{host}")


def _read_hosts() -> VerifiedHosts:
    in_use = StorefrontHost.objects.filter(verified_at__isnull=False, dropped_at=None)
    stores = dict(in_use.values_list("host", "storefront__slug"))
    return VerifiedHosts(stores, {store: host for host, store in stores.items()})
