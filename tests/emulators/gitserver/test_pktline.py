from __future__ import annotations

import io

import pytest

from simulator.emulators.gitserver import pktline


def test_a_packet_is_read_as_it_was_written() -> None:
    stream = io.BytesIO(pktline.packet(b"hello\n") + pktline.FLUSH + pktline.packet(b""))

    assert [pktline.read_packet(stream) for _ in range(3)] == [b"hello\n", None, b""]


def test_long_content_is_cut_into_packets_of_its_band() -> None:
    text = b"x" * 100_000

    packets = list(pktline.split(pktline.band(2, text)))

    assert len(packets) == 2
    assert b"".join(each[1:] for each in packets if each) == text
    assert {each[:1] for each in packets if each} == {b"\2"}


@pytest.mark.parametrize("content", [b"", b"zzzz", b"00", b"0009abc"])
def test_what_is_cut_off_or_no_packet_is_refused(content: bytes) -> None:
    with pytest.raises(pktline.BrokenStream):
        pktline.read_packet(io.BytesIO(content))


def test_a_text_that_is_no_sequence_of_packets_is_refused() -> None:
    with pytest.raises(pktline.BrokenStream):
        list(pktline.split(b"unpack ok\n"))
