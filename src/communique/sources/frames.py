"""Packed bytes as a stream of unpacked ones, frame by frame, so that damage costs one frame only."""

import bz2
import io
import lzma
import re
import zlib
from collections.abc import Callable
from typing import Protocol

from communique.sources.budget import LARGEST_WINDOW, Budget, DamageError, Readable

_CHUNK = 65_536
_LONGEST_SIGNATURE = 16
_FAULTS = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)


class _Unpacker(Protocol):
    """One frame, by the interface that ``bz2`` and ``lzma`` have."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Gzip:
    def __init__(self, head: bytes) -> None:
        del head
        self._object = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self.waiting = b""

    @property
    def eof(self) -> bool:
        return self._object.eof

    @property
    def needs_input(self) -> bool:
        return not self.waiting

    @property
    def unused_data(self) -> bytes:
        return self._object.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        self.waiting += data
        out = self._object.decompress(self.waiting, max(max_length, 0))
        self.waiting = self._object.unconsumed_tail
        return out


def _bzip2(head: bytes) -> _Unpacker:
    del head
    return bz2.BZ2Decompressor()


def _xz(head: bytes) -> _Unpacker:
    del head
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=LARGEST_WINDOW)


_Start = Callable[[bytes], _Unpacker]
_FORMATS: dict[str, tuple[re.Pattern[bytes], _Start]] = {
    "gzip": (re.compile(rb"\x1f\x8b\x08[\x00-\x1f]"), _Gzip),
    "bzip2": (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), _bzip2),
    "xz": (re.compile(rb"\xfd7zXZ\x00"), _xz),
}


def _format(kind: str) -> tuple[re.Pattern[bytes], _Start, tuple[type[Exception], ...]]:
    """How the frames of a kind begin, what unpacks them, and what it raises."""
    if kind == "zstd":
        from communique.sources.zstd_frames import FAULTS, SIGNATURE, ZstdFrames

        return SIGNATURE, ZstdFrames(), (*_FAULTS, *FAULTS)
    return *_FORMATS[kind], _FAULTS


class Frames(io.RawIOBase):
    """The unpacked bytes of all frames, in order.

    Where a frame is damaged, reading raises :class:`~communique.sources.budget.DamageError` once and goes on at the
    next frame when asked again.
    """

    def __init__(self, source: Readable, name: str, budget: Budget, kind: str) -> None:
        self._source, self._name, self._budget = source, name, budget
        self._signature, self._start, self._faults = _format(kind)
        self._packed = b""
        self._ready = b""
        self._frame: _Unpacker | None = None
        self._told = False

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes of one frame, for a negative size as many as are at hand.

        Raises:
            DamageError: a frame is broken, or bytes before the next one belong to none.
            OverrunError: there is too much in it.
        """
        wanted = size if 0 < size < _CHUNK else _CHUNK
        while not self._ready:
            if self._frame is None:
                if not self._found_next():
                    return b""
                self._frame, self._told = self._start(self._packed), False
            self._ready = self._unpacked(self._frame, wanted)
            self._budget.take(len(self._ready), self._name)
        data, self._ready = self._ready[:wanted], self._ready[wanted:]
        return data

    def _unpacked(self, frame: _Unpacker, wanted: int) -> bytes:
        """Some bytes of the frame, perhaps none; at its end it is given up."""
        data = b""
        if frame.needs_input:
            data = self._packed or self._source.read(_CHUNK)
            self._packed = b""
        ended = frame.needs_input and not data
        try:
            out = frame.decompress(data, wanted)
        except self._faults:
            self._frame = None
            self._packed = (getattr(frame, "waiting", b"") or data)[1:]
            raise self._damage() from None
        if frame.eof:
            self._frame, self._packed = None, frame.unused_data + self._packed
        elif ended and not out:
            self._frame = None
            raise self._damage()
        return out

    def _found_next(self) -> bool:
        """Whether there is a further frame; its first bytes are then the next packed ones.

        What follows the last frame is no part of the file, as for gzip itself.

        Raises:
            DamageError: bytes that belong to no frame, other than padding with zeros, stood before it.
        """
        lost = False
        while True:
            if not lost:
                self._packed = self._packed.lstrip(b"\0")
            found = self._signature.search(self._packed)
            if found and len(self._packed) - found.start() >= _LONGEST_SIGNATURE:
                break
            more = self._source.read(_CHUNK)
            if not more:
                break
            kept = found.start() if found else max(len(self._packed) - _LONGEST_SIGNATURE, 0)
            lost = lost or kept > 0
            self._packed = self._packed[kept:] + more
        if found is None:
            return False
        lost = lost or found.start() > 0
        self._packed = self._packed[found.start() :]
        if lost and not self._told:
            raise self._damage()
        return True

    def _damage(self) -> DamageError:
        self._told = True
        return self._budget.damage(f"A part of {self._name}")
