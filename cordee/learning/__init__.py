"""We learn: what it brought, what we could do better, what others may hear of it."""
