"""Work that goes on in this process, so that what reads can be replaced."""

from collections.abc import Iterable, Iterator
from typing import Any


class AtWork:
    """Stands in for :class:`communique.intake.Crew`: what is called is called here, when its turn comes."""

    def __init__(self, *_: object) -> None:
        pass

    def __enter__(self) -> "AtWork":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def call(self, call: Any) -> Any:
        return call.function(call.argument)

    def results(self, steps: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
        for key, what in steps:
            yield key, self.call(what) if hasattr(what, "function") else what

    def each(self, call: Any) -> Iterator[Any]:
        yield from call.function(call.argument)
