"""Signs of life of what works by itself."""

from django.db import models


class Beat(models.Model):
    """The last time that the ticker finished a round, or a worker a task."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"
