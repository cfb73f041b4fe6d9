"""The lists that we know, and a guided mapping for the others.

A stock too large to be held in memory has a reader and a profile of its own: see `cooperations.intake.stock`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.errors import InvalidParameter
from cooperations.intake.profiles.base import Profile
from cooperations.intake.profiles.datainclusion import DATA_INCLUSION
from cooperations.intake.profiles.decp import DECP
from cooperations.intake.profiles.esat import ESAT
from cooperations.intake.profiles.guide import Guided, mapped, signature, suggest
from cooperations.intake.profiles.marche import MARCHE
from cooperations.intake.profiles.siae import SIAE

if TYPE_CHECKING:
    from collections.abc import Sequence

PROFILES: tuple[Profile, ...] = (SIAE, ESAT, DATA_INCLUSION, DECP, MARCHE)
"""In the order in which a header is tried: the most demanding ones first."""


def profile_of(code: str) -> Profile:
    """Return the profile of a code; raises InvalidParameter."""
    found = next((profile for profile in PROFILES if profile.code == code), None)
    if not found:
        raise InvalidParameter("profil", f"choisir parmi {', '.join(profile.code for profile in PROFILES)}")
    return found


def recognise(header: Sequence[str]) -> Profile | None:
    """Return the profile that knows these columns, or None."""
    return next((profile for profile in PROFILES if profile.recognises(header)), None)


__all__ = [
    "PROFILES",
    "Guided",
    "Profile",
    "mapped",
    "profile_of",
    "recognise",
    "signature",
    "suggest",
]
