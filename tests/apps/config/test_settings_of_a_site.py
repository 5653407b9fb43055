"""Settings of a site: a wrong one stops the start with a sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from imparts.config.environment import read_environment


def test_what_messages_say_is_kept_for_400_days_unless_the_site_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("IMPARTS_KEEP_MESSAGES_DAYS", raising=False)
    assert read_environment().keep_messages_days == 400
    monkeypatch.setenv("IMPARTS_KEEP_MESSAGES_DAYS", "90")
    assert read_environment().keep_messages_days == 90


@pytest.mark.parametrize("written", ["29", "0", "-1", "a year", "1e3", "٤٠٠"])
def test_a_wrong_number_of_days_stops_the_start(
    written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPARTS_KEEP_MESSAGES_DAYS", written)
    with pytest.raises(ImproperlyConfigured, match="a number of days, at least 30"):
        read_environment()
