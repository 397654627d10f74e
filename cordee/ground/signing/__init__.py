"""The signing ceremony, seals, evidence."""
