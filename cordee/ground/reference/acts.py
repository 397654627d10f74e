"""Loading official lists of codes."""

from datetime import datetime

from cordee.engines.codelists import CodeList
from cordee.ground.reference.models import Code
from cordee.ground.register.acts import INSTANCE, By, act


def load_codes(found: CodeList, *, source: str, by: By, at: datetime) -> dict[str, int]:
    """Load an official list of codes; loaded again, only what changed is changed.

    Allowed  the command line on this server.
    Tells    reference.codes.loaded: which list, how many codes were added, changed, unchanged.
    """
    with act("reference.codes.loaded", book=INSTANCE, by=by, at=at) as facts:
        known = {one.code: one for one in Code.objects.select_for_update().filter(system=found.system)}
        new, changed = [], []
        for line in found.lines:
            one = known.get(line.code)
            labels = (line.label_fr[:400], line.label_en[:400])
            if one is None:
                made = Code(system=found.system, code=line.code, source=source[:200])
                made.label_fr, made.label_en = labels
                new.append(made)
            elif (one.label_fr, one.label_en) != labels:
                one.label_fr, one.label_en = labels
                one.source = source[:200]
                changed.append(one)
        Code.objects.bulk_create(new, batch_size=500)
        Code.objects.bulk_update(changed, ["label_fr", "label_en", "source"], batch_size=100)
        counts = {"added": len(new), "updated": len(changed)}
        counts["unchanged"] = len(found.lines) - len(new) - len(changed)
        facts["system"] = found.system
        facts |= counts
    return counts
