"""WE SETTLE: cost pools, sharing keys, settlement."""
