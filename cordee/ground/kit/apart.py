"""What is done for many, one after the other: the one that fails must not keep the others waiting."""

import logging
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from cordee.ground.kit.refusals import Refusal

log = logging.getLogger(__name__)
Row = TypeVar("Row")


def each_apart(rows: Iterable[Row], do: Callable[[Row], Any]) -> int:
    """Do something for each row, each in a transaction of its own; say how many were done.

    A refusal means that somebody was faster or that its time has not come: nothing to say. A fault is told in the log
    and tried again at the next round; the rows after it are done all the same.
    """
    done = 0
    for row in rows:
        try:
            do(row)
        except Refusal:
            continue
        except Exception:
            log.exception("this one failed, the others go on: %s", row)
        else:
            done += 1
    return done
