"""The guard that every test runs under does guard."""

import asyncio
import socket

import pytest


def test_no_test_reaches_another_computer() -> None:
    for family, address in ((socket.AF_INET, ("192.0.2.1", 80)), (socket.AF_INET6, ("2001:db8::1", 80))):
        with socket.socket(family) as reach:
            for connect in (reach.connect, reach.connect_ex):
                with pytest.raises(AssertionError, match="the network was used"):
                    connect(address)
    with pytest.raises(AssertionError, match="the network was used"):
        socket.create_connection(("example.org", 80))


def test_an_event_loop_still_works() -> None:
    async def answer() -> int:
        await asyncio.sleep(0)
        return await asyncio.to_thread(lambda: 42)

    assert asyncio.run(answer()) == 42
    one, other = socket.socketpair()
    with one, other:
        one.sendall(b"x")
        assert other.recv(1) == b"x"
