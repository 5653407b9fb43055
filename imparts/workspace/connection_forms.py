"""What may be typed about one destination: how it is used, what it is called, how it is written."""

import json
from typing import Any

from django import forms

from imparts.design.form_words import text_errors
from imparts.gateway.hl7v2.address import Address
from imparts.gateway.mapping_check import checked_mapping
from imparts.outbox.destination import Destination
from imparts.rules.record.mapping import MappingRefused

_WHOLE = {"invalid": "Write a whole number.", "required": "Write a whole number."}


def _whole(label: str, least: int, most: int) -> forms.IntegerField:
    said = f"Write a whole number from {least} to {most:,}."
    return forms.IntegerField(
        label=label, min_value=least, max_value=most,
        error_messages={**_WHOLE, "min_value": said, "max_value": said},
    )  # fmt: skip


class DestinationForm(forms.Form):
    """How one destination is used from now on, and why it is changed."""

    name = forms.CharField(
        label="Name", max_length=100,
        error_messages=text_errors("Give it the name by which people know it."),
    )  # fmt: skip
    address = forms.CharField(label="Address", max_length=200, required=False)
    is_paused = forms.BooleanField(label="Hold everything back", required=False)
    refusal_blocks_patient = forms.BooleanField(
        label="A refused message holds back later ones of the same patient", required=False
    )
    connections = _whole("Connections at the same time", 1, 16)
    grown_from_messages = _whole("Tell trust IT from so many waiting", 1, 100_000)
    grown_from_minutes = _whole("or when the oldest waits so many minutes", 1, 1_440)
    mapping = forms.CharField(label="Mapping, as JSON", required=False, max_length=100_000)
    why = forms.CharField(
        label="Why it is changed", max_length=300,
        error_messages=text_errors("Say why, in a few words: it stays on record."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, destination: Destination, is_fixed: bool, is_only_tried: bool = False,
        **given: Any,
    ) -> None:  # fmt: skip
        """`is_fixed`: the address stands in the site's settings, and cannot be typed here.

        What is only tried is not kept, so it needs no reason.
        """
        super().__init__(*args, initial=_as_typed(destination), **given)
        self.destination, self.is_fixed = destination, is_fixed
        self.fields["why"].required = not is_only_tried
        if is_fixed:
            del self.fields["address"]

    def clean_address(self) -> str:
        """host:port, or the base address of a FHIR server."""
        address: str = self.cleaned_data["address"].strip()
        if not address:
            return ""
        if self.destination.way == "fhir":
            if not address.startswith(("https://", "http://127.0.0.1", "http://localhost")):
                raise forms.ValidationError(
                    "Write the base address of its FHIR server: https://..."
                )
            return address.rstrip("/")
        try:
            Address.named(address)
        except ValueError:
            raise forms.ValidationError("Write it as host:port: record.example:2575.") from None
        return address

    def clean_mapping(self) -> dict[str, Any]:
        """A mapping that can be used; the place of what cannot is named."""
        text = self.cleaned_data["mapping"].strip()
        try:
            given = json.loads(text) if text else {}
            checked_mapping(given)
        except RecursionError:
            raise forms.ValidationError("This is nested too deeply for a mapping.") from None
        except json.JSONDecodeError as wrong:
            raise forms.ValidationError(
                f"This is not JSON: line {wrong.lineno}, character {wrong.colno}. {wrong.msg}."
            ) from None
        except MappingRefused as refused:
            raise forms.ValidationError(str(refused)) from None
        return given

    @property
    def mapping_tried(self) -> dict[str, Any] | None:
        """The mapping that was typed, when it can be used, whatever else is wrong."""
        return self.cleaned_data.get("mapping") if hasattr(self, "cleaned_data") else None


def _as_typed(to: Destination) -> dict[str, Any]:
    names = ("name", "address", "is_paused", "refusal_blocks_patient", "connections",
             "grown_from_messages", "grown_from_minutes")  # fmt: skip
    mapping = json.dumps(dict(to.mapping), indent=2, ensure_ascii=False) if to.mapping else ""
    return {name: getattr(to, name) for name in names} | {"mapping": mapping}
