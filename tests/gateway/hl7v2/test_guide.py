"""The guide for integrators shows the message that the program writes."""

import json
import re
from pathlib import Path

from imparts.gateway.hl7v2.result_message import write_result
from imparts.rules.record import invented
from imparts.rules.record.mapping_reading import read_mapping

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "hl7v2-out.md"


def test_the_sample_in_the_guide_is_the_message_of_the_preview() -> None:
    (shown,) = re.findall(r"```\n(MSH.*?)\n```", GUIDE.read_text(), re.DOTALL)
    written = write_result(invented.a_result(), control_id=invented.CONTROL_ID, made_at=invented.AT)
    assert shown.split("\n") == written.rstrip("\r").split("\r")


def test_the_mapping_in_the_guide_is_one_that_is_read() -> None:
    (shown,) = re.findall(r"```json\n(.*?)\n```", GUIDE.read_text(), re.DOTALL)
    assert read_mapping(json.loads(shown)).preliminary == "in_words"
