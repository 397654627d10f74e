"""WE DECIDE: house rules, resolutions, ballots."""
