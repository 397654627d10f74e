"""Dated facts: legal numbers, public holidays, code systems."""
