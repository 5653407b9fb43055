"""An instrument file goes into the library only when its own examples come out (hazard H4)."""

import pytest

from imparts.library import actions as library
from imparts.library.models import ContentVersion
from imparts.rules.content import ContentRefused
from tests.builders import NOON
from tests.rules.reference_instruments import SHIPPED

pytestmark = pytest.mark.django_db


def test_a_file_whose_examples_fail_is_not_loaded() -> None:
    text = (SHIPPED / "gad7.toml").read_text("utf-8")
    changed = text.replace("score = 5\n", "score = 6\n", 1)
    with pytest.raises(ContentRefused, match="gad7, examples 2: score is 5, not 6"):
        library.load_file(kind="instrument", text=changed, at=NOON, is_shipped=False)
    assert not ContentVersion.objects.filter(body=changed).exists()
