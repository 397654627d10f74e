"""Dated facts of public code systems: what a CPV or a NUTS code is called."""

from django.db import models


class Code(models.Model):
    """One code of an official list, with its labels."""

    class System(models.TextChoices):
        CPV = "cpv", "CPV"
        NUTS = "nuts", "NUTS"

    system = models.CharField(max_length=8, choices=System.choices)
    code = models.CharField(max_length=12)
    label_fr = models.CharField(max_length=400)
    label_en = models.CharField(max_length=400, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)  # the file it was read from

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "code"], name="reference_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.label_fr}"
