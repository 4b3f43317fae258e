"""Names of hosts, as people type them and as the network knows them; and which internet addresses are everybody's."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

LONGEST = 253
_NAME = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])\Z")
# An end that browsers read as a number: `127.1`, `0x7f.1` and `2130706433` are addresses, not names.
_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\.?\Z")
# What carries an IPv4 address inside, and would lead to it: NAT64, 6to4, Teredo.
_CARRIERS = tuple(map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))


def host_typed(text: str) -> str:
    """What somebody typed or pasted for a host, without `https://`, path and closing dot; nothing is checked."""
    typed = text.strip().lower()
    if "://" in typed:
        try:
            typed = urlsplit(typed).netloc
        except ValueError:
            return typed
    return re.split(r"[/?#]", typed, maxsplit=1)[0].rstrip(".")


def host_name(text: str) -> str | None:
    """The name as the network knows it, lower-case and in punycode; None when it is none, or has one word only."""
    typed = host_typed(text)
    try:
        name = typed.encode("idna").decode("ascii").lower()
        _unicode_of(name)
    except UnicodeError:
        return None
    return name if _NAME.fullmatch(name) and not is_address(name) else None


def is_address(text: str) -> bool:
    """A browser would read it as an internet address, in whatever way of writing one."""
    typed = host_typed(text)
    return typed.startswith("[") or typed.count(":") > 1 or bool(_NUMBER.fullmatch(typed))


def name_for_people(host: str) -> str:
    """`xn--…` in the letters it stands for."""
    try:
        return _unicode_of(host)
    except UnicodeError:
        return host


def is_everybodys(address: str) -> bool:
    """An address of the public internet: never of this machine, its network, many machines at once, nor one that hides such."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return _is_public(found)


def _is_public(found: IPv4Address | IPv6Address) -> bool:
    if isinstance(found, IPv6Address) and any(found in network for network in _CARRIERS):
        return False
    is_special = found.is_multicast or found.is_private or found.is_loopback or found.is_link_local
    return found.is_global and not (is_special or found.is_reserved or found.is_unspecified)


def _unicode_of(host: str) -> str:
    return host.encode("ascii").decode("idna")
