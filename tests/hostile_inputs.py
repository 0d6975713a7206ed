"""The whole corpus of awkward inputs: names to bytes, all made here, the same in every run."""

from collections.abc import Iterator
from functools import cache
from random import Random

from hostile_files import PACKED, archives, mail, office, tables
from hostile_texts import WHOLE, pages, portable, texts

SPOILT = {**WHOLE, **PACKED}
"""What is truncated, flipped and misnamed: one small file of every format."""


def damaged() -> Iterator[tuple[str, bytes]]:
    """Files of every format, empty, cut off, with bits flipped, and with rubbish before or behind."""
    for ending, data in SPOILT.items():
        yield f"empty.{ending}", b""
        for share in (10, 50, 95):
            yield f"cut-{share}.{ending}", data[: len(data) * share // 100]
        random = Random(ending)
        flipped = bytearray(data)
        for _ in range(1 + len(data) // 200):
            flipped[random.randrange(len(data))] ^= 1 << random.randrange(8)
        yield f"flipped.{ending}", bytes(flipped)
        yield f"behind.{ending}", data + random.randbytes(300)
        yield f"before.{ending}", random.randbytes(40) + data


def misnamed() -> Iterator[tuple[str, bytes]]:
    """Files of every format under the name of another one."""
    endings = list(SPOILT)
    for at, (ending, data) in enumerate(SPOILT.items()):
        yield f"is-{ending.replace('.', '-')}.{endings[at - 5]}", data


@cache
def awkward() -> tuple[tuple[str, bytes], ...]:
    """All of it."""
    groups = (damaged, misnamed, texts, pages, portable, office, mail, tables, archives)
    return tuple((f"{group.__name__}-{name}", data) for group in groups for name, data in group())
