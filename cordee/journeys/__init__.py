"""Acts that cross rooms, and the effects of decisions."""
