"""Which addresses are public, against the registries and the standard library."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.sources.addresses import is_public

INSIDE_4 = """0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
    192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4""".split()
INSIDE_6 = (
    "::/96 64:ff9b:1::/48 100::/64 2001::/32 2001:db8::/32 2002::/16 3fff::/20 fc00::/7 fe80::/10 ff00::/8".split()
)


def within(block: str) -> st.SearchStrategy[str]:
    network = IPv4Network(block) if "." in block else IPv6Network(block)
    return st.integers(int(network[0]), int(network[-1])).map(
        lambda number: str((IPv4Address if network.version == 4 else IPv6Address)(number))
    )


ANY_4 = st.integers(0, 2**32 - 1).map(lambda number: str(IPv4Address(number)))
ANY_6 = st.integers(0, 2**128 - 1).map(lambda number: str(IPv6Address(number)))


@given(st.sampled_from(INSIDE_4 + INSIDE_6).flatmap(within))
def test_special_addresses_are_never_public(address: str) -> None:
    assert not is_public(address)


@given(st.sampled_from(INSIDE_4).flatmap(within))
def test_wrapping_a_special_address_does_not_make_it_public(address: str) -> None:
    number = int(IPv4Address(address))
    for wrapped in (
        IPv6Address(number),
        IPv6Address(0xFFFF << 32 | number),
        IPv6Address(int(IPv6Address("64:ff9b::")) | number),
        IPv6Address(0x2002 << 112 | number << 80),
        IPv6Address(0x20010000 << 96 | number ^ 0xFFFFFFFF),
    ):
        assert not is_public(str(wrapped))


@given(ANY_4 | ANY_6)
def test_what_is_public_is_so_for_the_standard_library_too(address: str) -> None:
    if is_public(address) and ":" not in address:
        assert ip_address(address).is_global
        assert not ip_address(address).is_multicast


@given(ANY_4)
def test_a_mapped_or_translated_address_is_judged_as_what_it_stands_for(address: str) -> None:
    number = int(IPv4Address(address))
    assert is_public(str(IPv6Address(0xFFFF << 32 | number))) == is_public(address)
    assert is_public(str(IPv6Address(int(IPv6Address("64:ff9b::")) | number))) == is_public(address)


@given(st.text(max_size=40))
def test_what_is_no_address_is_not_public(text: str) -> None:
    try:
        ip_address(text)
    except ValueError:
        assert not is_public(text)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "8.8.8.8", "93.184.215.14", "192.175.48.1", "2606:4700::1111", "2a00:1450::1"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address", ["fe80::1%eth0", "", "localhost", "1.1.1.1.1", "01.1.1.1", "1.1", "[2606:4700::1111]"]
)
def test_what_looks_nearly_like_a_public_address(address: str) -> None:
    assert not is_public(address)
