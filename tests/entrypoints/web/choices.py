"""Reads off a page what narrows its list."""

from __future__ import annotations

import re

GROUP = re.compile(r'<details class="facet"[^>]*>\s*<summary>(.*?)</summary>(.*?)</details>', re.DOTALL)
CHOICE = re.compile(r'class="facet-name">(.*?)</span> <bdi class="facet-count">(\d+)</bdi>')
TAKEN = re.compile(r'<a class="chip" href="([^"]*)" rel="nofollow"><span class="hidden-visually">[^<]*</span> (.*?) <svg')


def choices_in(html: str) -> dict[str, list[tuple[str, int]]]:
    """By group, each choice with how many it leaves."""
    return {name: [(words, int(count)) for words, count in CHOICE.findall(body)] for name, body in GROUP.findall(html)}


def taken_in(html: str) -> list[str]:
    return [words for _address, words in TAKEN.findall(html)]


def addresses_in(html: str) -> dict[str, str]:
    """The address of each choice, by its words."""
    found = re.findall(r'<a href="([^"]*)" rel="nofollow"[^>]*>(?:<svg.*?</svg>)?<span class="facet-name">(.*?)</span>', html)
    return {words: address.replace("&amp;", "&") for address, words in found}
