"""Rebuild the facts that the ESPD engine stands on, from a copy of the European ESPD data model (version 4.1.0).

    python docs/build_espd.py FOLDER        (the folder that has xml-examples/ and validation/)

Only facts are taken: identifiers, codes and the tree of criteria (`criteria.txt`), the values and the names of the
code lists (`codes.txt`). No text of the model is kept: labels and messages are our own. The result is the same, byte
for byte, for the same input.
"""

import re
import sys
from pathlib import Path

from lxml import etree

TARGET = Path(__file__).resolve().parents[1] / "cordee/engines/espd"
CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
GROUPS = (f"{CAC}TenderingCriterionPropertyGroup", f"{CAC}SubsidiaryTenderingCriterionPropertyGroup")
DEL = "\x7f"


def tree(folder: Path) -> list[str]:
    """One line per criterion, group and property, in the order of the model."""
    lines = []

    def groups(parent: etree._Element, depth: int) -> None:
        for group in parent:
            if group.tag not in GROUPS:
                continue
            lines.append(f"G {depth} {group.findtext(CBC + 'ID')} {group.findtext(CBC + 'PropertyGroupTypeCode')}")
            for one in group.findall(CAC + "TenderingCriterionProperty"):
                said = (one.findtext(CBC + name) for name in ("ID", "TypeCode", "ValueDataTypeCode"))
                lines.append("P " + " ".join(text or "-" for text in said))
            groups(group, depth + 1)

    for criterion in etree.parse(folder / "xml-examples/ESPD-criterion.xml").iter(CAC + "TenderingCriterion"):
        lines.append(f"C {criterion.findtext(CBC + 'ID')} {criterion.findtext(CBC + 'CriterionTypeCode')}")
        groups(criterion, 1)
    return lines


def code_lists(folder: Path) -> list[str]:
    """One line per place where a list is compulsory: where, its values; then the names a list may be called by."""
    lines = []

    def rules(name: str) -> str:
        return re.sub(r"<!--.*?-->", "", (folder / "validation" / name).read_text(encoding="utf-8"), flags=re.S)

    values = rules("ESPDResponse/sch/01-ESPD-codelist-values.sch")
    for where, body in re.findall(r'<rule context="([^"]+)">(.*?)</rule>', values, re.S):
        found = re.search(r"translate\('([^']*)'", body)
        codes = [code for code in (found[1] if found else "").replace("&#x7f;", DEL).split(DEL) if code]
        lines.append("V\t" + " ".join(where.split()) + "\t" + " ".join(codes))
    names = rules("common/sch/01-ESPD-common-cl-attributes.sch")
    for where, body in re.findall(r'<rule context="([^"]+)">(.*?)</rule>', names, re.S):
        for attribute, value in re.findall(r"@(\w+) != '([^']*)'", body):
            lines.append("A\t" + " ".join(where.split()) + f"\t{attribute}\t{value}")
    others = rules("common/sch/04-ESPD-common-other-br.sch")
    numbered = re.search(r'<rule context="([^"]*cbc:AccountID[^"]*)"', others)
    lines.append("I\t*\t" + " ".join(part.strip() for part in (numbered[1] if numbered else "").split("|")))
    return lines


def main() -> None:
    folder = Path(sys.argv[1])
    (TARGET / "criteria.txt").write_text("\n".join(tree(folder)) + "\n", encoding="utf-8")
    (TARGET / "codes.txt").write_text("\n".join(code_lists(folder)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
