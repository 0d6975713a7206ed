"""Frames of a Zstandard file, one object a frame, by the interface that ``bz2`` and ``lzma`` have."""

import re
from collections.abc import Callable

import zstandard

from communique.sources.budget import LARGEST_WINDOW

FAULTS: tuple[type[Exception], ...] = (zstandard.ZstdError,)
SIGNATURE = re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18")
"""A frame, or one that decoders skip."""
_FRAME = b"\x28\xb5\x2f\xfd"
_DICTIONARY = b"\x5d\x2a\x4d\x18"
"""A skippable frame that holds the dictionary of all frames after it (Zstandard in WARC files, IIPC 2021)."""
_CHUNK = 1024
"""Packed bytes at a time, since nothing bounds what they unpack to: at most 32 MB, a block of 128 KB for 4 bytes."""


class ZstdFrames:
    """Makes the unpacker of each frame, with the dictionary that stood in front of it."""

    def __init__(self) -> None:
        self._dictionary: zstandard.ZstdCompressionDict | None = None

    def __call__(self, head: bytes) -> "Frame | SkippedFrame":
        """The unpacker of the frame that begins with these bytes."""
        if head.startswith(_FRAME):
            return Frame(self._dictionary)
        return SkippedFrame(self._keep if head.startswith(_DICTIONARY) else None)

    def _keep(self, content: bytes) -> None:
        if content.startswith(_FRAME):
            content = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW).decompress(
                content, max_output_size=LARGEST_WINDOW, allow_extra_data=False
            )
        self._dictionary = zstandard.ZstdCompressionDict(content)


class Frame:
    """A frame with content."""

    def __init__(self, dictionary: zstandard.ZstdCompressionDict | None) -> None:
        unpacker = zstandard.ZstdDecompressor(dict_data=dictionary, max_window_size=LARGEST_WINDOW)
        self._object = unpacker.decompressobj()
        self._position = 0
        self.waiting = b""

    @property
    def eof(self) -> bool:
        """Whether the frame is at its end."""
        return self._object.eof

    @property
    def needs_input(self) -> bool:
        """Whether nothing comes before more packed bytes are given."""
        return self._position >= len(self.waiting)

    @property
    def unused_data(self) -> bytes:
        """What was given beyond the end of the frame."""
        return self._object.unused_data + self.waiting[self._position :]

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """The next bytes, more than ``max_length`` where a block holds more."""
        del max_length
        if data:
            self.waiting, self._position = self.waiting[self._position :] + data, 0
        piece = self.waiting[self._position : self._position + _CHUNK]
        out = self._object.decompress(piece) if piece else b""
        self._position += len(piece)
        return out


class SkippedFrame:
    """A frame without content; one that holds a dictionary hands it to whoever keeps it."""

    _HEADER = 8

    def __init__(self, keep: Callable[[bytes], None] | None) -> None:
        self._keep = keep
        self._size: int | None = None
        self._have = b""
        self.unused_data = b""
        self.needs_input = True
        self.eof = False

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Nothing; the frame is at its end when all of it was given.

        Raises:
            ValueError: the dictionary is larger than any window.
        """
        del max_length
        self._have += data
        if self._size is None:
            if len(self._have) < self._HEADER:
                return b""
            self._size = int.from_bytes(self._have[4:8], "little")
            self._have = self._have[self._HEADER :]
            if self._keep is not None and self._size > LARGEST_WINDOW:
                raise ValueError("a dictionary larger than any window")
        if len(self._have) >= self._size:
            content, self.unused_data = self._have[: self._size], self._have[self._size :]
            self.eof = True
            if self._keep is not None:
                self._keep(content)
        elif self._keep is None:
            self._size -= len(self._have)
            self._have = b""
        return b""
