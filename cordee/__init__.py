"""Cordée: small companies found, govern, run and wind up a groupement together."""

__version__ = "0.1.0"
