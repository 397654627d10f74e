"""The kinds of cooperation. A new one is one module and one line here; nothing else in the house names a kind."""

from cordee.projects.kinds import (
    common_brand,
    competitor_offer,
    free,
    joint_offer,
    joint_tender,
    shared_employee,
    shared_sales,
    shared_stand,
    shared_study,
)
from cordee.projects.kinds.base import Kind

KINDS: tuple[Kind, ...] = (
    shared_stand.KIND,
    joint_offer.KIND,
    joint_tender.KIND,
    competitor_offer.KIND,
    common_brand.KIND,
    shared_sales.KIND,
    shared_employee.KIND,
    shared_study.KIND,
    free.KIND,
)


def every_kind() -> tuple[Kind, ...]:
    """All the kinds, in the order in which they are offered."""
    return KINDS


def kind_of(slug: str) -> Kind:
    """The kind of this name. KeyError where there is none."""
    return next((kind for kind in every_kind() if kind.slug == slug), None) or _missing(slug)


def _missing(slug: str) -> Kind:
    raise KeyError(slug)


__all__ = ["KINDS", "Kind", "every_kind", "kind_of"]
