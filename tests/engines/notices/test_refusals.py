"""What is not a notice gets one sentence, in French and in English; nothing else ever comes out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines.notices import MAX_BYTES, NotANotice, Notice, notice_as_json, read_notice
from cordee.engines.notices.problems import _SENTENCES
from cordee.engines.notices.xml import MOST
from tests.engines.notices.samples import SAMPLES, real_files

BOMB = b"""<!DOCTYPE z [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>
<ContractNotice><ID>&c;</ID></ContractNotice>"""

REFUSED = {
    "nothing": (b"", "empty"),
    "blanks": (b" \n\t ", "empty"),
    "huge": (b"<" * (MAX_BYTES + 1), "too-big"),
    "zip": (b"PK\x03\x04rest", "archive"),
    "gzip": (b"\x1f\x8brest", "archive"),
    "pdf": (b"%PDF-1.7", "pdf"),
    "page": (b"<!DOCTYPE html><html><body>Avis</body></html>", "html"),
    "broken page": (b"<html><br><p>Avis", "html"),
    "bomb": (BOMB, "doctype"),
    "wide bomb": (BOMB.decode().encode("utf-16"), "doctype"),
    "outside entity": (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><ContractNotice/>', "doctype"),
    "cut": (SAMPLES["ted"].encode()[:900], "broken-xml"),
    "invoice": (b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>', "invoice"),
    "cii invoice": (b'<r:CrossIndustryInvoice xmlns:r="urn:r"/>', "invoice"),
    "other": (b"<svg/>", "other-xml"),
    "json": (b'{"a": 1}', "other-json"),
    "broken json": (b'{"a": \n', "broken-json"),
    "deep json": (b"[" * 200_000, "broken-json"),
    "deep xml": (b"<a>" * 100_000, "broken-xml"),
    "noise": (bytes(range(1, 256)), "unknown"),
    "words": ("Avis de marché".encode(), "unknown"),
    "false encoding": (b'<?xml version="1.0" encoding="nope"?><ContractNotice/>', "broken-xml"),
    "too many lots": (
        b"<ContractNotice>" + b"<ProcurementProjectLot/>" * (MOST + 1) + b"</ContractNotice>",
        "too-many",
    ),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_refused_in_one_sentence(data: bytes, code: str) -> None:
    with pytest.raises(NotANotice) as refusal:
        read_notice(data)
    assert refusal.value.code == code
    for sentence in (refusal.value.sentence("fr"), refusal.value.sentence("en"), str(refusal.value)):
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert "\n" not in sentence


def test_the_line_of_a_broken_file_is_told() -> None:
    with pytest.raises(NotANotice) as refusal:
        read_notice(b"<ContractNotice>\n<ID>\n</ContractNotice>")
    assert refusal.value.parameters["line"] == 3


def test_every_sentence_of_the_table_is_used() -> None:
    assert {code for _, code in REFUSED.values()} == set(_SENTENCES)


SEEDS = [text.encode() for text in SAMPLES.values()]
# A handful of real ones where they are at hand: small, and of each kind.
SEEDS += [p.read_bytes() for p in real_files() if p.stat().st_size < 16_000][::6]


def _is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(one) for key, one in value.items())
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or (isinstance(value, (str, int, bool)) and not isinstance(value, float))


def _notice_or_refusal(data: bytes) -> None:
    try:
        notice = read_notice(data)
    except NotANotice as refusal:
        refusal.sentence("fr")
        return
    assert isinstance(notice, Notice)
    assert _is_plain(notice_as_json(notice))
    ids = [lot.id for lot in notice.lots]
    assert len(ids) == len(set(ids))
    assert all(sum(member.lead for member in award.members) == 1 for award in notice.awards)


@settings(max_examples=250, deadline=None)
@given(seed=st.sampled_from(SEEDS), cut=st.integers(0, 20_000))
def test_truncated(seed: bytes, cut: int) -> None:
    _notice_or_refusal(seed[: cut % (len(seed) + 1)])


@settings(max_examples=400, deadline=None)
@given(
    seed=st.sampled_from(SEEDS),
    changes=st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=6)), min_size=1, max_size=6),
)
def test_bytes_replaced(seed: bytes, changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(seed)
    for place, new in changes:
        data[place % len(data) : place % len(data) + len(new)] = new
    _notice_or_refusal(bytes(data))


@settings(max_examples=400, deadline=None)
@given(
    seed=st.sampled_from(SEEDS),
    swaps=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=4),
)
def test_elements_and_values_swapped(seed: bytes, swaps: list[tuple[int, int]]) -> None:
    """Swapping whole pieces between tags keeps the XML well formed more often: the readers themselves are tried."""
    pieces = seed.replace(b"<", b"\0<").replace(b">", b">\0").split(b"\0")
    values = [place for place, piece in enumerate(pieces) if piece and not piece.startswith(b"<")]
    empty = [place for place, piece in enumerate(pieces) if piece.endswith(b"/>")]
    for group in (values, empty):
        for one, other in swaps if len(group) > 1 else ():
            a, b = group[one % len(group)], group[other % len(group)]
            pieces[a], pieces[b] = pieces[b], pieces[a]
    _notice_or_refusal(b"".join(pieces))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_noise(data: bytes) -> None:
    _notice_or_refusal(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["ocid", "tag", "tender", "awards", "parties", "buyer", "lots", "items", "value", "amount", "id", "suppliers",
         "relatedLots", "classification", "scheme", "releases", "records", "tenderPeriod", "endDate", "title"]
    ), inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(tender=JSON, awards=JSON, parties=JSON)
def test_ocds_of_any_shape(tender: object, awards: object, parties: object) -> None:
    import json

    document = {"ocid": "o", "tag": ["tender"], "tender": tender, "awards": awards, "parties": parties}
    _notice_or_refusal(json.dumps(document).encode())


def _ted(body: str) -> bytes:
    return f"<TED_EXPORT><FORM_SECTION><F02_2014 LG='FR'>{body}</F02_2014></FORM_SECTION></TED_EXPORT>".encode()


# Each of these once took minutes. No clock here: where a bound is lost, this test does not end.
EXHAUSTING = {
    "one endless sentence": _ted(f"<LEFTI><SUITABILITY>{'groupement ' * 800_000}</SUITABILITY></LEFTI>"),
    "endless numbers": _ted(
        "<CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>a</OFFICIALNAME>"
        f"<NATIONALID>{'33768354511x' * 700_000}</NATIONALID></ADDRESS_CONTRACTING_BODY></CONTRACTING_BODY>"
    ),
    "items of no lot": b'{"ocid":"x","tag":[],"tender":{"lots":[%s],"items":[%s]}}'
    % (b",".join([b'{"id":"1"}'] * 4900), b",".join([b'{"relatedLot":"2"}'] * 4900)),
}


@pytest.mark.parametrize("data", EXHAUSTING.values(), ids=EXHAUSTING)
def test_a_file_made_to_exhaust_is_read_all_the_same(data: bytes) -> None:
    assert isinstance(read_notice(data), Notice)
