"""Runs official stylesheets over invoices, alone in its process: the XSLT engine could take its process down with it.

Reads one JSON line `[{"xml": …, "sheets": [path, …]}, …]` on standard input, writes one JSON line: for each invoice
the findings `[sheet, rule, flag, place, text]`. A stylesheet is compiled once for the whole batch. No file is read but
the stylesheets and the code lists beside them; they name no address.
"""

import json
import os
import re
import sys
from typing import Any

SVRL = "{http://purl.oclc.org/dsdl/svrl}"


def main() -> None:
    """Answer one batch."""
    from lxml import etree
    from saxonche import PySaxonProcessor  # type: ignore[import-not-found]

    jobs: list[dict[str, Any]] = json.load(sys.stdin)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    answers: list[list[list[str]]] = []
    with PySaxonProcessor(license=False) as processor:
        sheets: dict[str, Any] = {}
        for job in jobs:
            found: list[list[str]] = []
            document = processor.parse_xml(xml_text=job["xml"])
            for path in job["sheets"]:
                if path not in sheets:
                    sheets[path] = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=path)
                report = sheets[path].transform_to_string(xdm_node=document)
                for one in etree.fromstring(report.encode(), parser).iter(SVRL + "failed-assert"):
                    text = " ".join("".join(map(str, one.itertext())).split())
                    where = re.sub(r"\[namespace-uri\(\)='[^']*'\]|\*:", "", one.get("location", ""))
                    found.append([os.path.basename(path), one.get("id", ""), one.get("flag", "fatal"), where, text])
            answers.append(found)
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
