"""WE GATHER: groupings, their seats, their stage of life."""
