"""XML that came from anywhere: parsed without entities, network or huge trees, and taken out of its zip within limits."""

from __future__ import annotations

import re
import zipfile

from lxml import etree

from transforms.sources.archives import Checked
from transforms.sources.options import Options
from transforms.sources.reasons import Refusal
from transforms.sources.streams import Budget, Counted, whole


def parse_xml(raw: bytes) -> etree._Element:
    """An XML document's root, damage passed over: no entities, no network, no huge trees; a `Refusal` if nothing is left."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refusal("unreadable", "(Its XML is damaged.)") from error
    if root is None:
        raise Refusal("unreadable", "(Its XML is damaged.)")
    return root


def member(archive: zipfile.ZipFile, name: str, options: Options, budget: Budget) -> bytes | None:
    """A zip's member, within the limits; None where there is none of that name."""
    try:
        with archive.open(name) as member:
            return whole(Counted(Checked(member), budget), options.max_document, "member")
    except KeyError:
        return None
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, OSError) as error:
        raise Refusal("unreadable", f"({type(error).__name__}.)") from error


def undeclared(text: str) -> bytes:
    """A decoded XML document as UTF-8, without the declaration that names the encoding it had."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode("utf-8", "replace")
