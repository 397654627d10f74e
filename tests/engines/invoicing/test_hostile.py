"""Files made to hurt, or simply not invoices: one sentence, never a traceback, never a wait."""

import contextlib
import io
import json
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.cli import main
from cordee.engines.invoicing import NotAnInvoice, read_invoice
from cordee.engines.invoicing.words import say_rule

CII = (
    '<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" '
    'xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100">{}'
    "</rsm:CrossIndustryInvoice>"
)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {y} "{f"&{x};" * 10}">' for x, y in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><Invoice>&j;</Invoice>"
)


def pdf(attached: dict[str, bytes], **save: object) -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    for name, content in attached.items():
        made.attachments[name] = pikepdf.AttachedFileSpec(made, content, filename=name, mime_type="text/xml")
    out = io.BytesIO()
    made.save(out, **save)  # type: ignore[arg-type]
    return out.getvalue()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("facture.xml", CII.format(""))
    return out.getvalue()


GOOD_PDF = pdf({"factur-x.xml": CII.format("").encode()})

HOSTILE = {
    "empty": b"",
    "blank": b"  \r\n\x00",
    "text": b"Bonjour, voici la facture.",
    "zip": zipped(),
    "entity bomb": BOMB.encode(),
    "external entity": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Invoice>&e;</Invoice>',
    "external dtd": b'<!DOCTYPE Invoice SYSTEM "http://example.invalid/x.dtd"><Invoice/>',
    "doctype after a long comment": b"<!--" + b"x" * 9000 + b'--><!DOCTYPE a [<!ENTITY e "x">]><Invoice>&e;</Invoice>',
    "cut": CII.format("<ram:ID>")[:-40].encode(),
    "deep": b"<a>" * 5000,
    "wrong encoding": '<?xml version="1.0" encoding="UTF-8"?><a>é</a>'.encode("latin-1"),
    "unknown encoding": b'<?xml version="1.0" encoding="klingon"?><a/>',
    "utf-16 without its mark": CII.format("").encode("utf-16-be")[:101],
    "other xml": b"<html><body/></html>",
    "invoice of no namespace": b"<Invoice/>",
    "huge": b"<a>" + b" " * 20_000_001 + b"</a>",
    "truncated pdf": GOOD_PDF[:200],
    "pdf in name only": b"%PDF-1.7\nnothing",
    "locked pdf": pdf({"factur-x.xml": b"<a/>"}, encryption=pikepdf.Encryption(owner="x", user="y")),
    "plain pdf": pdf({}),
    "pdf with a wrong attachment": pdf({"factur-x.xml": b"not xml"}),
    "pdf with other attachments": pdf({"notes.xml": b"<notes/>", "a.txt": b"x"}),
    "pdf with a bomb": pdf({"factur-x.xml": BOMB.encode()}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_one_sentence_and_exit_2(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "facture"
    path.write_bytes(HOSTILE[name])
    assert main(["invoice", "check", str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.rstrip().endswith(".")
    assert "Traceback" not in said.err


def test_a_small_attachment_that_unfolds_into_gigabytes() -> None:
    made = pikepdf.new()
    made.add_blank_page()
    made.attachments["factur-x.xml"] = pikepdf.AttachedFileSpec(made, b"<a/>", filename="factur-x.xml")
    packed = zlib.compressobj(9)
    bomb = b"".join(packed.compress(b" " * 1_000_000) for _ in range(60)) + packed.flush()
    stream = made.attachments["factur-x.xml"].obj.EF.F
    stream.write(bomb, filter=pikepdf.Name.FlateDecode)
    out = io.BytesIO()
    made.save(out, compress_streams=False, recompress_flate=False)
    assert len(out.getvalue()) < 200_000
    with pytest.raises(NotAnInvoice) as wrong:
        read_invoice(out.getvalue())
    assert "20 Mo" in wrong.value.say()


def test_the_named_attachment_wins_over_others() -> None:
    two = pdf({"autre.xml": CII.format("").encode(), "factur-x.xml": CII.format("").encode(), "bon.pdf": b"%PDF-"})
    found = read_invoice(two)
    assert (found.attachment, found.others) == ("factur-x.xml", ("autre.xml",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-15"])
def test_encodings_that_the_xml_announces(encoding: str) -> None:
    announced = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f'<?xml version="1.0" encoding="{announced}"?>' + CII.format("<ram:Name>Élan</ram:Name>")
    assert read_invoice(text.encode(encoding)).root[0].text == "Élan"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", b"%PDF-1.7\n", b"<?xml version='1.0'?><a>"):
        with contextlib.suppress(NotAnInvoice):
            read_invoice(start + data)


def test_json_of_an_invoice_with_almost_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "vide.xml"
    path.write_text(CII.format(""), encoding="utf-8")
    assert main(["invoice", "check", str(path), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["schema", "valid", "profile", "rules"]
    assert told["valid"] is False
    assert {"BR-01", "BR-02", "BR-06", "BR-16"} <= {rule["id"] for rule in told["rules"]}
    assert all(set(rule) == {"id", "message", "level"} for rule in told["rules"])
    assert (
        next(rule for rule in told["rules"] if rule["id"] == "BR-02")["message"]
        == "Il manque le numéro de la facture (BT-1)."
    )


@pytest.mark.parametrize(
    ("rule", "official", "french"),
    [
        ("BR-DEC-14", "[BR-DEC-14]-…", "Deux décimales au plus pour le total TVA comprise (BT-112)."),
        (
            "BR-AE-05",
            "[BR-AE-05]-…",
            "Une ligne «\u00a0autoliquidation\u00a0» (AE) n’a pas le taux attendu (BT-152)\u00a0: zéro.",
        ),
        (
            "FX-SCH-A-1",
            "Value of '@unitCode' is not allowed.",
            "La valeur de «\u00a0@unitCode\u00a0» n’est pas dans la liste de codes admise.",
        ),
        (
            "BR-FR-12_BT-49",
            "BR-FR-12/BT-49 : Le BT-49 est obligatoire. Veuillez le saisir.",
            "Le BT-49 est obligatoire.",
        ),
    ],
)
def test_rules_are_said_in_french(rule: str, official: str, french: str) -> None:
    assert say_rule(rule, official) == french
