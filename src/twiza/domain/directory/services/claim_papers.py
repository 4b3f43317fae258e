"""Proving by papers what no number on file can prove."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO

from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from twiza.domain.directory.errors import PapersMissing, PaperTooLarge, PaperUnreadable, TooManyPapers
from twiza.domain.directory.locking import lock_organisation
from twiza.domain.directory.models import Claim, ClaimPaper, Organisation
from twiza.domain.directory.services.claiming import check_claimable, open_claim
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.clock import now

MOST_MEGABYTES = 8
MOST_PAPERS_A_DAY = 12
MOST_PIXELS = 50_000_000
# Small print stays readable at this size, and the picture weighs a tenth.
LONGEST_SIDE = 2200


@dataclass(frozen=True)
class Paper:
    """A paper as it is kept: its kind read from its content, a picture without where and when it was taken."""

    media_type: str
    content: bytes


@transaction.atomic
def claim_by_papers(organisation: Organisation, person: User, *, role: str, papers: Sequence[BinaryIO], words: str = "") -> Claim:
    """The claim and its papers wait for whoever keeps the register; papers sent before are replaced.

    Raises NotClaimable, AlreadyMember, PapersMissing, PaperUnreadable, PaperTooLarge, TooManyPapers.
    """
    read = [read_paper(paper) for paper in papers]
    if not read:
        raise PapersMissing
    current = lock_organisation(organisation.pk)
    check_claimable(current, person)
    lately = ClaimPaper.objects.filter(claim__person=person, added_at__gt=now() - timedelta(days=1))
    if lately.count() + len(read) > MOST_PAPERS_A_DAY:
        raise TooManyPapers(most=MOST_PAPERS_A_DAY)
    claim = open_claim(current, person, role=role, how=Claim.How.PAPERS)
    claim.words = " ".join(words.replace("\x00", "").split())[:500]
    claim.save(update_fields=["words"])
    claim.papers.all().delete()
    for paper in read:
        ClaimPaper.objects.create(claim=claim, media_type=paper.media_type, content=paper.content, size_bytes=len(paper.content))
    details = {"claim": claim.pk, "papers": len(read)}
    record("directory.claim_by_papers", subject=f"organisation:{current.pk}", by=person, details=details)
    return claim


def read_paper(upload: BinaryIO) -> Paper:
    """What the file is, by its content whatever its name says. Raises PaperTooLarge, PaperUnreadable."""
    content = upload.read(MOST_MEGABYTES * 1_000_000 + 1)
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise PaperTooLarge(most=MOST_MEGABYTES)
    if content[:5] == b"%PDF-" and b"%%EOF" in content[-2048:]:
        return Paper("application/pdf", content)
    return Paper("image/jpeg", _plain_picture(content))


def _plain_picture(content: bytes) -> bytes:
    """Written anew: upright, without EXIF or anything hidden behind the picture."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PaperTooLarge(most=MOST_MEGABYTES)
            plain = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PaperUnreadable from error
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=80)
    return written.getvalue()
