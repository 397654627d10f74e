"""Documents by the digest of their content, served only through a check."""
