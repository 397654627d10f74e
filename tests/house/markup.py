"""What any page must have to be read by ear and by keyboard, seen in its markup alone: cheap enough for every page.

A browser and axe look at more (contrast, what overlaps, what is hidden), on some of the pages: test_axe_in_browser.py.
"""

from itertools import pairwise

from lxml import html

NAMED = ("aria-label", "aria-labelledby", "title")
POINTS = ("aria-labelledby", "aria-describedby", "for")


def faults(page: bytes) -> list[str]:
    """What is wrong with a page, in words."""
    tree = html.fromstring(page)
    ids = [each.get("id") for each in tree.iter() if isinstance(each.tag, str) and each.get("id")]
    found = [f"two elements called {name!r}" for name in sorted({name for name in ids if ids.count(name) > 1})]
    if not tree.get("lang"):
        found.append("no language")
    if not (tree.findtext(".//title") or "").strip():
        found.append("no title")
    if len(tree.findall(".//main")) != 1:
        found.append("not one main part")
    heads = list(tree.iter("h1", "h2", "h3", "h4", "h5", "h6"))
    levels = [int(each.tag[1]) for each in heads]
    if levels.count(1) != 1:
        found.append(f"{levels.count(1)} h1")
    found += [f"h{high} then h{low}" for high, low in pairwise(levels) if low > high + 1]
    found += [f"an empty {each.tag}" for each in heads if not each.text_content().strip()]
    labelled = {each.get("for") for each in tree.iter("label")}
    for each in tree.iter("input", "select", "textarea", "button", "a", "summary", "img", "iframe", "table", "html"):
        if each.get("type") == "hidden" or each.get("aria-hidden") == "true":
            continue
        if (fault := _without_name(each, labelled)) is not None:
            found.append(fault)
    known = set(ids)
    for each in tree.iter():
        if isinstance(each.tag, str):
            for name in POINTS:
                missing = [key for key in (each.get(name) or "").split() if key not in known]
                if missing:
                    found.append(f"{each.tag} points by {name} at {missing[0]!r}, which is not there")
    return found


def _without_name(each: html.HtmlElement, labelled: set[str | None]) -> str | None:
    """Whoever cannot see it would not know what it is."""
    said = any((each.get(name) or "").strip() for name in NAMED)
    match each.tag:
        case "input" | "select" | "textarea" if each.get("type") not in ("submit", "button", "image"):
            inside = any(True for _ in each.iterancestors("label"))
            if not (said or inside or each.get("id") in labelled):
                return f"no label for {each.tag} {each.get('name')!r}"
        case "button" | "a" | "summary":
            words = each.text_content().strip() or "".join(img.get("alt", "") for img in each.iter("img"))
            if not (said or words) and (each.tag != "a" or each.get("href")):
                return f"a nameless {each.tag} to {each.get('href') or each.get('name')!r}"
        case "img" if each.get("alt") is None:
            return f"no words for the picture {each.get('src')!r}"
        case "iframe" if not said:
            return "a nameless frame"
    return None
