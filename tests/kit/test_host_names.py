"""What is a host's name, and which addresses are everybody's."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiza.kit.host_names import host_name, is_address, is_everybodys, name_for_people

INSIDE = [
    ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/29",
        "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::1/128", "::/128", "fc00::/7", "fe80::/10", "ff00::/8", "2001:db8::/32", "64:ff9b::/96", "2002::/16", "2001::/32",
    )
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("boutique.example.ma", "boutique.example.ma"),
        ("  https://Boutique.Example.MA/fr/?a=b ", "boutique.example.ma"),
        ("boutique.example.ma.", "boutique.example.ma"),
        ("متجر.المغرب", "xn--pgbep1f.xn--mgbc0a9azcg"),
        ("cafe-crème.ma", "xn--cafe-crme-63a.ma"),
    ],
)
def test_a_name_is_read_however_it_is_pasted(typed, name):
    assert host_name(typed) == name


@pytest.mark.parametrize(
    "typed",
    ["", "ma", "boutique", "-a.ma", "a-.ma", "a..ma", "a b.ma", "a_b.ma", "boutique.ma:8080", "salma@example.ma", "a.ma\x00",
     "é" * 70 + ".ma", ".".join(["abcdefgh"] * 40), "boutique.m1\n.", "http://[", "xn--\u0661.ma", "xn--99999999999.ma"],
)  # fmt: skip
def test_what_is_no_name_is_none(typed):
    assert host_name(typed) is None


@pytest.mark.parametrize(
    "typed",
    ["127.0.0.1", "10.1", "2130706433", "0x7f.1", "0x7f000001", "[::1]", "::1", "http://192.168.1.1/", "a.b.300", "0x."]
)  # fmt: skip
def test_an_address_is_no_name_however_it_is_written(typed):
    assert host_name(typed) is None
    assert is_address(typed)


def test_a_name_is_shown_in_its_own_letters():
    assert name_for_people("xn--pgbep1f.xn--mgbc0a9azcg") == "متجر.المغرب"
    assert name_for_people("boutique.example.ma") == "boutique.example.ma"


@given(st.text(max_size=80))
def test_whatever_is_typed_becomes_a_name_of_the_network_or_none(typed):
    name = host_name(typed)
    assert name is None or (host_name(name) == name and name.isascii() and "." in name and not is_address(name))


@pytest.mark.parametrize("address", ["196.200.131.5", "8.8.8.8", "2a00:1450:4007:80c::2003", "2606:4700::1111"])
def test_addresses_of_the_internet_are_everybodys(address):
    assert is_everybodys(address)


@given(st.sampled_from(INSIDE).flatmap(lambda net: st.integers(0, net.num_addresses - 1).map(lambda n: net[n])))
def test_no_address_of_a_machine_or_a_network_of_ones_own_is(address):
    assert not is_everybodys(str(address))


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_an_address_inside_another_is_no_more_than_itself(inner):
    number = int(inner)
    assert is_everybodys(f"::ffff:{inner}") == is_everybodys(str(inner))
    for carrier in (number, (0x0064FF9B << 96) + number, (0x2002 << 112) + (number << 80)):
        assert not is_everybodys(str(IPv6Address(carrier)))


@given(st.text(max_size=40))
def test_what_is_no_address_is_nobodys(text):
    assert not is_everybodys(text) or "." in text or ":" in text
