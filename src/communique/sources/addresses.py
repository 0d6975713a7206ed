"""Which network addresses belong to the public internet.

An address in a document, a feed or a redirect is somebody else's word: it must not make this machine ask its own
services, its network or the metadata service of its cloud. What is public is defined by the registries of special
addresses (IANA IPv4 and IPv6 Special-Purpose Address Registries, RFC 6890 and its updates), and for IPv6 by the only
block that is given out for it (2000::/3, RFC 4291).
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_NOT_PUBLIC_4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network, RFC 791; many systems take 0.0.0.0 for themselves
        "10.0.0.0/8",  # private, RFC 1918
        "100.64.0.0/10",  # behind a provider's translation (CGNAT), RFC 6598
        "127.0.0.0/8",  # this machine, RFC 1122
        "169.254.0.0/16",  # link-local, RFC 3927; clouds answer here with their keys
        "172.16.0.0/12",  # private, RFC 1918
        "192.0.0.0/24",  # protocol assignments, RFC 6890
        "192.0.2.0/24",  # documentation, RFC 5737
        "192.88.99.0/24",  # relays of 6to4, RFC 7526
        "192.168.0.0/16",  # private, RFC 1918
        "198.18.0.0/15",  # benchmarks, RFC 2544
        "198.51.100.0/24",  # documentation, RFC 5737
        "203.0.113.0/24",  # documentation, RFC 5737
        "224.0.0.0/4",  # multicast, RFC 1112
        "240.0.0.0/4",  # reserved, RFC 1112, and broadcast, RFC 919
    )
)
_GIVEN_OUT_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments, RFC 2928, with Teredo (RFC 4380), which wraps any IPv4 address
        "2001:db8::/32",  # documentation, RFC 3849
        "2002::/16",  # 6to4, RFC 3056, which wraps any IPv4 address
        "3fff::/20",  # documentation, RFC 9637
    )
)
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""Where networks without IPv4 put IPv4 addresses (NAT64, RFC 6052)."""


def is_public(address: str) -> bool:
    """Whether an IP address, as the resolver writes it, is one of the public internet.

    An IPv6 address that stands for an IPv4 one (mapped, or translated by NAT64) is judged as that; 6to4 and Teredo,
    long given up, are refused as a whole.
    """
    try:
        judged = _judged(address)
    except ValueError:
        return False
    if isinstance(judged, IPv4Address):
        return not any(judged in block for block in _NOT_PUBLIC_4)
    return judged in _GIVEN_OUT_6 and not any(judged in block for block in _NOT_PUBLIC_6)


def _judged(address: str) -> IPv4Address | IPv6Address:
    found = ip_address(address)
    if isinstance(found, IPv4Address):
        return found
    if found in _TRANSLATED:
        return IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped or found
