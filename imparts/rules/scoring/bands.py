"""Bands: the named stretch that a score falls in."""

from decimal import Decimal

from imparts.rules.instruments.definition import Band


def band_for(score: Decimal | None, bands: tuple[Band, ...]) -> Band | None:
    """The band of a score; None without a score, or where no bands are published."""
    if score is None:
        return None
    return next((band for band in bands if band.lowest <= score <= band.highest), None)
