"""What is sealed, in which form, and the signatures of RFC 8032."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.engines import chain
from tests.engines.chain.books import entry

# RFC 8032, section 7.1: secret key, public key, message, signature.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
        "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), VECTORS)
def test_signs_as_rfc_8032_says(secret: str, public: str, message: str, signature: str) -> None:
    key, text = bytes.fromhex(secret), bytes.fromhex(message)
    assert chain.public_key(key).hex() == public
    assert chain.sign(key, text).hex() == signature
    assert chain.verify_signature(bytes.fromhex(public), text, bytes.fromhex(signature))


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.integers(0, 511))
def test_any_changed_bit_of_a_signature_is_refused(secret: bytes, message: bytes, bit: int) -> None:
    public, signature = chain.public_key(secret), chain.sign(secret, message)
    assert chain.verify_signature(public, message, signature)
    broken = bytearray(signature)
    broken[bit // 8] ^= 1 << bit % 8
    assert not chain.verify_signature(public, message, bytes(broken))
    assert not chain.verify_signature(public, message + b"x", signature)


def test_a_second_writing_of_the_same_signature_is_refused() -> None:
    secret = bytes(32)
    signature = chain.sign(secret, b"")
    order = 2**252 + 27742317777372353535851937790883648493
    twin = signature[:32] + (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
    assert not chain.verify_signature(chain.public_key(secret), b"", twin)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_keys_of_the_wrong_length(length: int) -> None:
    assert not chain.verify_signature(bytes(length), b"", bytes(64))
    with pytest.raises(ValueError, match="32 bytes"):
        chain.sign(bytes(length), b"")


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), {1: "a"}, {"a": 2**53}, {"a": -(2**53)}, b"x", {"a": {1, 2}}, "\ud800"]
)
def test_what_cannot_be_sealed(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the message depends on the value)
        chain.canonical(value)


def test_a_well_of_levels_is_refused() -> None:
    deep: object = "x"
    for _ in range(70):
        deep = [deep]
    with pytest.raises(ValueError, match="levels"):
        chain.canonical(deep)


def test_text_is_left_as_it_is() -> None:
    composed, decomposed = "é", "e\u0301"
    assert chain.canonical(composed) != chain.canonical(decomposed)
    assert json.loads(chain.canonical({"b": decomposed, "a": '\u2028\x01"\\'})) == {
        "b": decomposed,
        "a": '\u2028\x01"\\',
    }


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=80, deadline=None)
@given(values)
def test_canonical_json_reads_back_and_does_not_depend_on_order(value: object) -> None:
    written = chain.canonical(value)
    assert json.loads(written) == value
    assert chain.canonical(json.loads(written)) == written


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["book", "act", "by", "subject"]), st.text(st.characters(exclude_categories=["Cs"])))
def test_another_entry_has_another_seal(name: str, text: str) -> None:
    one = entry(1)
    other = {**one, name: text}
    assert (chain.seal(chain.GENESIS, one) == chain.seal(chain.GENESIS, other)) == (one == other)
    assert chain.seal(chain.GENESIS, one) != chain.seal("1" * 64, one)


@pytest.mark.parametrize(
    ("name", "value"),
    [("number", 0), ("number", True), ("number", "1"), ("facts", []), ("at", "2026-11-23"), ("by", None), ("more", 1)],
)
def test_an_entry_keeps_its_shape(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=name):
        chain.seal(chain.GENESIS, {**entry(1), name: value})
