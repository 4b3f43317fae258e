"""What an operator says of its storefront."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StorefrontDetails:
    slug: str
    name_fr: str
    name_ar: str
    name_en: str = ""
    name_zgh: str = ""
    welcome_fr: str = ""
    welcome_ar: str = ""
    welcome_en: str = ""
    phone: str = ""


@dataclass(frozen=True)
class RuleDetails:
    """Codes of a region or a province and of a sector, a label's scheme; empty means any. All of it must hold."""

    region: str = ""
    province: str = ""
    sector: str = ""
    label: str = ""
    is_womens: bool = False
