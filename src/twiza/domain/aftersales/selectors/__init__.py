"""Questions about what goes wrong after a parcel arrived."""

from twiza.domain.aftersales.selectors.cases import Case, cases_in, decisions_waiting_in
from twiza.domain.aftersales.selectors.complaints import (
    complaint_behind,
    complaint_over,
    complaint_refunds_just_late,
    complaint_to,
    complaints_of,
    complaints_over,
    complaints_to,
    complaints_unheard,
    lines_to_complain_of,
    lots_of_replacement,
    open_complaints_to,
    photo_of,
    photos_to_forget,
)
from twiza.domain.aftersales.selectors.faults import faults_of
from twiza.domain.aftersales.selectors.money import left_to_refund
from twiza.domain.aftersales.selectors.returns import (
    OfferedLine,
    ReturnOffer,
    open_returns_to,
    owed_for_coupons,
    refunds_just_late,
    return_offers,
    return_to,
    returns_from,
    returns_of,
    returns_to,
)

__all__ = [
    "Case",
    "OfferedLine",
    "ReturnOffer",
    "cases_in",
    "complaint_behind",
    "complaint_over",
    "complaint_refunds_just_late",
    "complaint_to",
    "complaints_of",
    "complaints_over",
    "complaints_to",
    "complaints_unheard",
    "decisions_waiting_in",
    "faults_of",
    "left_to_refund",
    "lines_to_complain_of",
    "lots_of_replacement",
    "open_complaints_to",
    "open_returns_to",
    "owed_for_coupons",
    "photo_of",
    "photos_to_forget",
    "refunds_just_late",
    "return_offers",
    "return_to",
    "returns_from",
    "returns_of",
    "returns_to",
]
