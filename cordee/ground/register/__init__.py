"""The books of acts: append-only, chained, verifiable without Cordée."""
