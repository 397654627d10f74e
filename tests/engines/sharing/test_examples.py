"""The examples of the docstrings are executed."""

import doctest
import importlib
import pkgutil

import pytest

import cordee.engines.settlement
import cordee.engines.sharing

MODULES = ["cordee.engines.amounts"] + [
    f"{package.__name__}.{module.name}"
    for package in (cordee.engines.sharing, cordee.engines.settlement)
    for module in pkgutil.iter_modules(package.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
