"""Telling the addresses outside: the ticker claims those that are due, a worker talks to them."""

from datetime import datetime

from django_tasks import task

from cordee.ground.kit.clock import now
from cordee.ground.messages.acts import claim_hook, due_hooks, news_for, tell_hook
from cordee.ground.messages.models import Hook
from cordee.groupings.reads import books_of

MOST = 50


@task()
def tell_one_hook(pk: int) -> None:
    """Tell one hook what it has not heard; the other side may be slow, so a worker waits for it, not the ticker."""
    hook = Hook.objects.filter(pk=pk, ended_at=None).first()
    if hook is not None:
        tell_hook(hook, books_of(hook.company), at=now())


def tell_hooks(*, at: datetime) -> int:
    """Hand every hook that has news to a worker; how many."""
    handed = 0
    for hook in due_hooks(at=at).prefetch_related("marks")[:MOST]:
        if news_for(hook, books_of(hook.company)) and claim_hook(hook, at=at):
            tell_one_hook.enqueue(hook.pk)
            handed += 1
    return handed
