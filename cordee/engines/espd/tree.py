"""Small steps in a UBL document: by namespace, by name."""

from functools import lru_cache

from lxml import etree

CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
EXT = "{urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2}"
Node = etree._Element
_SHORT = {CAC[1:-1]: "cac:", CBC[1:-1]: "cbc:", EXT[1:-1]: "ext:"}


def local(node: Node) -> str:
    """The name of an element, without its namespace."""
    return str(node.tag).rpartition("}")[2]


@lru_cache(maxsize=256)
def among(where: str) -> str:
    """« cac:Party/cbc:Name » as lxml wants it."""
    return where.replace("cac:", CAC).replace("cbc:", CBC)


def text(node: Node, name: str) -> str:
    """The text of the first child of this name; nothing when there is none."""
    return node.findtext(CBC + name) or ""


def texts(node: Node, name: str) -> list[str]:
    """The texts of every child of this name."""
    return [each.text or "" for each in node.findall(CBC + name)]


def codes(root: Node, name: str) -> list[str]:
    """The texts of every element of this name, wherever it stands."""
    return [each.text or "" for each in root.iter(CBC + name)]


def path(node: Node) -> str:
    """Where an element stands: « /cac:TenderingCriterion[3]/cbc:ID »."""
    steps = []
    while (parent := node.getparent()) is not None:
        name = _SHORT.get(str(node.tag)[1:].partition("}")[0], "") + local(node)
        same = [each for each in parent if each.tag == node.tag]
        steps.append(name if len(same) == 1 else f"{name}[{same.index(node) + 1}]")
        node = parent
    return "/" + "/".join(reversed(steps))
