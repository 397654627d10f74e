"""Small tools that know Django, at most ten."""
