"""Persons, sign-in, signed links."""
