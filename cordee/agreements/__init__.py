"""WE COMMIT: documents, clauses, signatures."""
