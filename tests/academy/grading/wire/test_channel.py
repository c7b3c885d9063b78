"""Frames arrive whole or not at all, in time or not at all."""

import socket
import time

import pytest

from academy.grading.wire.channel import (
    LENGTHS,
    Channel,
    ChannelClosed,
    ChannelTimeout,
    Garbled,
    receive_order,
    send_order,
)


@pytest.fixture
def ends():
    one, other = socket.socketpair()
    yield one, Channel(other, limit=1000, head_limit=100)
    one.close()
    other.close()


def soon():
    return time.monotonic() + 0.2


def test_frame_goes_over(ends):
    Channel(ends[0]).send({"op": "cell", "source": "中"}, b"body")

    assert ends[1].receive(soon()) == ({"op": "cell", "source": "中"}, b"body")


@pytest.mark.parametrize(
    "data",
    [
        LENGTHS.pack(101, 0),
        LENGTHS.pack(2, 1001) + b"{}",
        LENGTHS.pack(2, 0) + b"[]",
        LENGTHS.pack(1, 0) + b"{",
        LENGTHS.pack(100, 0) + b"[" * 100,
    ],
)
def test_garbage_is_garbled(ends, data):
    ends[0].sendall(data)

    with pytest.raises(Garbled):
        ends[1].receive(soon())


def test_half_a_frame_times_out(ends):
    ends[0].sendall(LENGTHS.pack(2, 900) + b"{}")

    with pytest.raises(ChannelTimeout):
        ends[1].receive(soon())


def test_closed_end_is_noticed(ends):
    ends[0].close()

    with pytest.raises(ChannelClosed):
        ends[1].receive(soon())
    with pytest.raises(ChannelClosed):
        ends[1].send({"op": "x"})


def test_sending_to_one_who_does_not_read_times_out(ends):
    with pytest.raises(ChannelTimeout):
        ends[1].send({}, b"x" * 50_000_000, soon())


def test_orders_carry_a_descriptor():
    one, other = socket.socketpair()
    inner, passed = socket.socketpair()
    with one, other, inner, passed:
        send_order(one, "fork", 7, passed.fileno())
        send_order(one, "end", 8)
        word, number, descriptor = receive_order(other)
        with socket.socket(fileno=descriptor) as end:
            end.sendall(b"x")

        assert (word, number, inner.recv(1)) == ("fork", 7, b"x")
        assert receive_order(other) == ("end", 8, None)
