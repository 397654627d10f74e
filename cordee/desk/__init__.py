"""Pages that cross rooms, and the layout."""
