"""A signature provider that is not one: what a real one's adapter looks like, and what the tests stand on.

An outside provider (an advanced or qualified one, where a buyer or a bank asks for it) is a class that
CORDEE_SIGNING_PROVIDER names, with the four members of `reads.Provider`: its `name`, its `level`, `send` and `read`.
Cordée hands it the text once, asks now and then what became of it, and takes back the signed file; nobody signs on our
pages meanwhile. A real adapter calls the provider's interface in `send` and `read`, raises OSError when it does not
answer, and keeps nothing.
"""

from collections.abc import Sequence
from datetime import datetime

from cordee.engines import sealing
from cordee.ground.signing.keys import authority
from cordee.ground.signing.reads import Answer, Asked


class FakeProvider:
    """Signs with this installation's own test seal whatever a test tells it to: it proves nothing to anybody."""

    name, level = "Signature d’essai", "QES"
    sent: dict[str, tuple[bytes, tuple[Asked, ...]]] = {}
    answers: dict[str, Answer] = {}
    silent = False

    def send(self, *, title: str, pdf: bytes, signatories: Sequence[Asked], until: datetime) -> str:
        """Take a text in; give the reference under which it is asked for."""
        if self.silent:
            raise OSError("the provider does not answer")
        reference = f"essai-{len(self.sent) + 1}"
        self.sent[reference] = (pdf, tuple(signatories))
        return reference

    def read(self, reference: str) -> Answer:
        """What became of it so far."""
        return self.answers.get(reference, Answer("waiting"))

    def all_signed(self, reference: str, *, at: datetime) -> None:
        """In a test: everybody has signed over there."""
        pdf, asked = self.sent[reference]
        ours = authority(at=at)
        signed = sealing.seal_pdf(
            pdf, key=ours.seal.key, certificate=ours.seal.certificate, chain=[ours.root], at=at, reason=reference
        )
        self.answers[reference] = Answer("signed", signed, {one.seat: at for one in asked})
