"""Reading XML without trusting it, by local names: prefixes and versions of a namespace do not matter."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree

from cordee.engines.notices.problems import NotANotice

Element = etree._Element


def parse(data: bytes) -> Element:
    """Parse a document that has neither DOCTYPE nor entities, or say why not.

    Errors  NotANotice: doctype, html, broken-xml.
    """
    plain = data.replace(b"\0", b"") if b"\0" in data else data
    if b"<!ENTITY" in plain:
        raise NotANotice("doctype")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as wrong:
        if looks_like_html(plain):
            raise NotANotice("html") from None
        raise NotANotice("broken-xml", line=wrong.lineno or 1) from None
    except (ValueError, LookupError):
        raise NotANotice("broken-xml", line=1) from None
    if local(root).lower() == "html":
        raise NotANotice("html")
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotANotice("doctype")
    return root


def looks_like_html(data: bytes) -> bool:
    """Does the beginning read like a web page?"""
    return re.search(rb"<(!doctype\s+html|html|head|body)[\s>]", data[:4000].lower()) is not None


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


@lru_cache(maxsize=512)
def _steps(path: str) -> tuple[str, ...]:
    return tuple("{*}" + name for name in path.split("/"))


def each(element: Element | None, path: str) -> Iterator[Element]:
    """Every element at the end of a path of local names, in the order of the document."""
    if element is None:
        return iter(())
    steps = _steps(path)
    return element.iterchildren(steps[0]) if len(steps) == 1 else _walk(element, steps)


def _walk(element: Element, steps: tuple[str, ...]) -> Iterator[Element]:
    if len(steps) == 1:
        yield from element.iterchildren(steps[0])
    else:
        for child in element.iterchildren(steps[0]):
            yield from _walk(child, steps[1:])


MOST = 5000
"""More lots or awards than any notice has: a file made to exhaust."""


def few(elements: Iterable[Element]) -> list[Element]:
    """These elements as a list, or a refusal when there are more than MOST."""
    found = list(islice(elements, MOST + 1))
    if len(found) > MOST:
        raise NotANotice("too-many", limit=MOST)
    return found


def first(element: Element | None, *paths: str) -> Element | None:
    """The first element found, trying the paths in turn."""
    for path in paths:
        found = next(each(element, path), None)
        if found is not None:
            return found
    return None


def has(element: Element | None, path: str) -> bool:
    """Is there an element at the end of this path?"""
    return first(element, path) is not None


def text(element: Element | None, path: str | None = None) -> str | None:
    """All the text of the first element at `path` (or of the element), a line for each paragraph; None if blank."""
    found = first(element, path) if path else element
    if found is None:
        return None
    if len(found) == 0:
        return tidy(found.text) if found.text else None
    paragraphs = list(found.iterchildren("{*}P"))
    parts = [_joined(part) for part in paragraphs] if paragraphs else [_joined(found)]
    return tidy("\n".join(parts))


def _joined(element: Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def line(element: Element | None, path: str | None = None) -> str | None:
    """The same text on one line."""
    found = text(element, path)
    return found.replace("\n", " ") if found else None


def tidy(words: str) -> str | None:
    """Remove needless blanks, keep the lines; None if nothing is left.

    >>> tidy("  Lot  1 \\n\\n gros œuvre ")
    'Lot 1\\ngros œuvre'
    """
    if "\n" not in words and "\r" not in words:
        return " ".join(words.split()) or None
    lines = (" ".join(part.split()) for part in words.splitlines())
    return "\n".join(part for part in lines if part) or None


def attribute(element: Element | None, name: str, path: str | None = None) -> str | None:
    """An attribute of the first element at `path`, or None when missing or blank."""
    found = first(element, path) if path else element
    if found is None:
        return None
    value = found.get(name)
    return str(value).strip() or None if value else None
