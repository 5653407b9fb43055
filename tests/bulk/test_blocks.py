"""Blocks: whole lines, whatever their lengths and wherever a reading of the file ends."""

import io

from hypothesis import given
from hypothesis import strategies as st

from imparts.bulk.blocks import Blocks

texts = st.lists(st.sampled_from([b"", b"a", b"bb\r", b"c" * 7, b"d" * 40]), max_size=20)


class Slowly(io.BytesIO):
    """A file that hands over three bytes at a time, as a pipe may."""

    def read1(self, size: int | None = -1) -> bytes:
        return super().read1(min(3, size or 3))


@given(texts, st.booleans(), st.booleans())
def test_all_lines_come_in_their_order(lines: list[bytes], slowly: bool, ended: bool) -> None:
    given = b"\n".join(lines) + (b"\n" if ended else b"")
    source = Slowly(given) if slowly else io.BytesIO(given)
    blocks = Blocks(source, block=100)
    found = list(blocks)
    assert None not in found
    assert b"".join(block or b"" for block in found) == given
    assert blocks.bytes == len(given)
    assert blocks.lines == given.count(b"\n") + (not given.endswith(b"\n") and given != b"")


@given(texts)
def test_a_line_that_fits_no_block_is_passed_over_and_counted(lines: list[bytes]) -> None:
    given = b"".join(line + b"\n" for line in lines)
    blocks = Blocks(Slowly(given), block=20)
    found = list(blocks)
    kept = b"".join(block for block in found if block)
    assert kept == b"".join(line + b"\n" for line in lines if len(line) < 20)
    assert found.count(None) == lines.count(b"d" * 40)
    assert blocks.lines == len(lines)


@given(texts)
def test_lines_and_blocks_may_be_asked_for_in_turn(lines: list[bytes]) -> None:
    given = b"".join(line + b"\n" for line in lines)
    blocks = Blocks(io.BytesIO(given), block=50)
    found, single = [], True
    while piece := (blocks.line() if single else blocks.block()):
        assert not single or piece.count(b"\n") == 1
        found.append(piece)
        single = not single
    assert b"".join(found) == given


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert list(Blocks(Slowly(b"\xef\xbb\xbfid\n"))) == [b"id\n"]
