"""The parts of a word processor's file: a ZIP of XML that is unpacked and parsed within limits."""

import io
import zipfile
import zlib

from lxml import etree

from communique.model import SourceError
from communique.sources.item import Item

PART_LIMIT = 60_000_000
"""Most bytes of one unpacked part; the text of a thousand pages, marked up by Word, takes about 20 million."""

_ENTRIES = 20_000
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, IndexError, MemoryError)


class Package:
    """The parts of one file by their names; only the parts that are asked for are unpacked."""

    def __init__(self, item: Item, what: str) -> None:
        self.name = item.name
        self._what = what
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(item.data))
            self._names = set(self._archive.namelist())
        except _FAULTS:
            raise self._damaged() from None
        if len(self._names) > _ENTRIES:
            raise self._damaged()

    def part(self, name: str) -> etree._Element | None:
        """The root element of an XML part, None where there is no such part.

        Raises:
            SourceError: the part is encrypted, damaged, too large when unpacked, or declares a document type.
        """
        if name not in self._names:
            return None
        data = self._unpacked(name)
        try:
            return xml_root(data, self.name)
        except etree.XMLSyntaxError:
            raise self._damaged() from None

    def _unpacked(self, name: str) -> bytes:
        try:
            info = self._archive.getinfo(name)
            if info.flag_bits & 1:
                raise SourceError(f"{self.name} is protected by a password: save a copy without one.")
            if info.file_size > PART_LIMIT:
                raise self._too_large()
            with self._archive.open(info) as file:
                data = file.read(PART_LIMIT + 1)
        except RuntimeError:
            raise SourceError(f"{self.name} is protected by a password: save a copy without one.") from None
        except _FAULTS:
            raise self._damaged() from None
        if len(data) > PART_LIMIT:
            raise self._too_large()
        return data

    def _damaged(self) -> SourceError:
        return SourceError(
            f"{self.name} is no {self._what} that can be read, or a damaged one: save it anew or as text."
        )

    def _too_large(self) -> SourceError:
        return SourceError(
            f"{self.name} unpacks to more than {PART_LIMIT // 1_000_000} MB of XML, the limit for one document: "
            "split it into the documents it holds."
        )


def xml_root(data: bytes, name: str) -> etree._Element:
    """The root of an XML document without comments; nothing outside the bytes is ever loaded.

    Raises:
        SourceError: a document type is declared, as no word processor does, and entities could hide in it.
        lxml.etree.XMLSyntaxError: the bytes are not well-formed XML, or nested deeper than libxml2 follows.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise SourceError(f"{name} declares a document type, as no word processor does: save it anew or as text.")
    return root


def local(element: etree._Element) -> str:
    """The element's name without its namespace, the same in the transitional and the strict form of a standard."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """The value of the attribute of that local name in whatever namespace, None where there is none."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The first descendant on the path of local names."""
    for name in names:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element
