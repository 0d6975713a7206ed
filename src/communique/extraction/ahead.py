"""Working ahead: the next documents are read on all cores while the last one is put away."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_order(function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result]]:
    """Each item with what the function makes of it, in the order of the items.

    The function runs in one thread for each core (the encoder's work, most of all there is, lets other
    threads run); items are taken from the iterable as room comes free, so that it may be endless.

    Raises:
        Whatever the function raises, when the item's turn comes.
    """
    workers = os.cpu_count() or 1
    rest = iter(items)
    with ThreadPoolExecutor(workers) as pool:
        ahead: deque[tuple[Item, Future[Result]]] = deque()
        try:
            ahead.extend((item, pool.submit(function, item)) for item in islice(rest, 2 * workers))
            while ahead:
                item, future = ahead.popleft()
                yield item, future.result()
                ahead.extend((item, pool.submit(function, item)) for item in islice(rest, 1))
        finally:
            for _, future in ahead:
                future.cancel()
