"""All writing of the library: loading, confirming, signing, putting in force, withdrawing."""

from imparts.library.actions.harm import HarmNotConfirmed, confirm_harm_items
from imparts.library.actions.loading import load_file, load_shipped
from imparts.library.actions.putting_in_force import NotReady, NotSigned, put_in_force, withdraw
from imparts.library.actions.signing import CannotSign, ReadAgain, SamePerson, sign

__all__ = [
    "CannotSign",
    "HarmNotConfirmed",
    "NotReady",
    "NotSigned",
    "ReadAgain",
    "SamePerson",
    "confirm_harm_items",
    "load_file",
    "load_shipped",
    "put_in_force",
    "sign",
    "withdraw",
]
