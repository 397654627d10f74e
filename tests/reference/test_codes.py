"""Official lists of codes: loaded, loaded again, refused; a page falls back to the code alone."""

from pathlib import Path

import pytest

from cordee.cli import main
from cordee.engines.codelists import ListRefused, read_codes
from cordee.ground.people.models import Clockwork
from cordee.ground.reference.acts import load_codes
from cordee.ground.reference.models import Code
from cordee.ground.reference.reads import label, labels
from cordee.ground.register.models import Entry
from tests.factories import AT

CPV = "code,label_fr,label_en\n45000000-7,Travaux,Works\n45330000,Plomberie,Plumbing\n"


@pytest.mark.django_db
def test_codes_are_loaded_once_and_changed_where_they_changed() -> None:
    def load(text: str) -> dict[str, int]:
        return load_codes(read_codes(text.encode()), source="cpv.csv", by=Clockwork(), at=AT)

    assert load(CPV) == {"added": 2, "updated": 0, "unchanged": 0}
    assert load(CPV.replace("Travaux", "Travaux de construction")) == {"added": 0, "updated": 1, "unchanged": 1}
    assert label("cpv", "45000000-7") == "Travaux de construction"
    assert labels("cpv", ["45330000", "99999999"]) == {"45330000": "Plomberie", "99999999": "99999999"}
    assert Entry.objects.filter(act="reference.codes.loaded").count() == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "vide"),
        ("code,label_fr\n", "vide"),
        ("code,label_fr\n12,x\n", "ligne 2"),
        ("code,label_fr\n45000000,x\nFRJ13,y\n", "même liste"),
        ("nom,ville\na,b\n", "colonne"),
    ],
)
def test_what_is_no_list_gets_a_sentence(text: str, said: str) -> None:
    with pytest.raises(ListRefused) as refused:
        read_codes(text.encode())
    assert said in refused.value.text()
    assert refused.value.text("en") != refused.value.text("fr")


@pytest.mark.django_db
def test_the_official_lists_are_read(shared_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [shared_data / "reference" / name for name in ("cpv_2008_fr_en.csv", "nuts_2021_fr_en.csv")]
    assert main(["import", "codes", *map(str, files)]) == 0
    assert Code.objects.filter(system="cpv").count() > 9000
    assert label("nuts", "FRJ13") == "Hérault"
    assert main(["import", "codes", str(shared_data / "companies" / "entreprises_insertion.csv")]) == 2
    assert "liste de codes" in capsys.readouterr().err
