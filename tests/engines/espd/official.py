"""The official rules, run as they are: Schematron turned into a stylesheet, in a process of its own.

python -m tests.engines.espd.official FOLDER FILE… prints, for each file, its broken rules as JSON (name and how often).
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

LOOKUP = re.compile(r"document\('ESPD-criterion.xml'\)//cac:(\w+)\[cbc:ID = (\$\w+)\]")
"""The rules look criteria up by reading the whole list each time; a key finds the same ones far sooner."""
SCH = "{http://purl.oclc.org/dsdl/schematron}"
XSL = "http://www.w3.org/1999/XSL/Transform"


def stylesheet(schemas: list[Path]) -> str:
    """One stylesheet out of several Schematron files: a mode per pattern, the first rule that fits a node wins."""
    from lxml import etree

    names = ("TenderingCriterion", "TenderingCriterionPropertyGroup", "SubsidiaryTenderingCriterionPropertyGroup")
    spaces: dict[str, str] = {"fn": "http://www.w3.org/2005/xpath-functions"}
    keys = [f'<xsl:key name="by-{name}" match="cac:{name}" use="cbc:ID"/>' for name in names]
    templates, calls = [], []
    for number, path in enumerate(schemas):
        root = etree.parse(path).getroot()
        spaces |= {str(one.get("prefix")): str(one.get("uri")) for one in root.iter(f"{SCH}ns")}
        spaces |= {str(name): str(uri) for name, uri in root.nsmap.items() if name and uri not in (XSL, SCH[1:-1])}
        if any(one.get("uri", "").endswith("Response-2") for one in root.iter(f"{SCH}ns")):
            spaces["espd"] = "urn:oasis:names:specification:ubl:schema:xsd:QualificationApplicationResponse-2"
        keys += [etree.tostring(one, encoding="unicode", with_tail=False) for one in root.iter(f"{{{XSL}}}key")]
        for place, pattern in enumerate(root.iter(f"{SCH}pattern")):
            mode = f"m{number}-{place}"
            calls.append(f'<xsl:apply-templates select="/" mode="{mode}"/>')
            rules = pattern.findall(f"{SCH}rule")
            for rank, rule in enumerate(rules):
                body = []
                for child in rule:
                    if child.tag == f"{SCH}let":
                        name, value = child.get("name"), quoteattr(_faster(str(child.get("value"))))
                        body.append(f'<xsl:variable name="{name}" select={value}/>')
                    elif child.tag == f"{SCH}assert":
                        level = child.get("flag") or child.get("role") or "fatal"
                        said = escape(f"{child.get('id') or 'CODE-LIST'} {level}")
                        test = quoteattr(f"not({child.get('test')})")
                        body.append(f"<xsl:if test={test}><xsl:text>{said}&#10;</xsl:text></xsl:if>")
                context = quoteattr(str(rule.get("context")))
                templates.append(
                    f'<xsl:template match={context} mode="{mode}" priority="{len(rules) - rank + 10}">{"".join(body)}'
                    f'<xsl:apply-templates select="@*|*" mode="{mode}"/></xsl:template>'
                )
            templates.append(
                f'<xsl:template match="*|/|@*" mode="{mode}" priority="1">'
                f'<xsl:apply-templates select="@*|*" mode="{mode}"/></xsl:template>'
            )
    declared = " ".join(f"xmlns:{name}={quoteattr(uri)}" for name, uri in spaces.items())
    return (
        f'<xsl:stylesheet version="2.0" xmlns:xsl="{XSL}" {declared}><xsl:output method="text"/>'
        f'{"".join(dict.fromkeys(keys))}<xsl:template match="/">{"".join(calls)}</xsl:template>{"".join(templates)}'
        "</xsl:stylesheet>"
    )


def _faster(test: str) -> str:
    return LOOKUP.sub(r"key('by-\1', \2, document('ESPD-criterion.xml'))", test)


def broken(folder: Path, files: list[Path]) -> dict[str, dict[str, int]]:
    """The rules that each file breaks, from a process of its own: { file: { "BR-LOT-10 fatal": 1 } }."""
    command = [sys.executable, "-m", "tests.engines.espd.official", str(folder), *(str(file) for file in files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    answer: dict[str, dict[str, int]] = json.loads(done.stdout)
    return answer


def main() -> None:
    from saxonche import PySaxonProcessor

    folder, files = Path(sys.argv[1]), sys.argv[2:]
    answers: dict[str, dict[str, int]] = {}
    with PySaxonProcessor(license=False) as saxon, tempfile.TemporaryDirectory() as room:
        taxonomy = (folder / "xml-examples/ESPD-criterion.xml").read_bytes()
        (Path(room) / "ESPD-criterion.xml").write_bytes(taxonomy)
        made: dict[str, Any] = {}
        for file in files:
            kind = "Response" if b"QualificationApplicationResponse" in Path(file).read_bytes()[:3000] else "Request"
            if kind not in made:
                rules = folder / "validation"
                schemas = [
                    *sorted((rules / "common/sch").glob("*.sch")),
                    *sorted((rules / f"ESPD{kind}/sch").glob("*.sch")),
                ]
                sheet = Path(room) / f"{kind}.xsl"
                sheet.write_text(stylesheet(schemas), encoding="utf-8")
                made[kind] = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(sheet))
            said = made[kind].transform_to_string(source_file=file) or ""
            counts: dict[str, int] = {}
            for line in filter(None, said.splitlines()):
                counts[line] = counts.get(line, 0) + 1
            answers[file] = counts
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
