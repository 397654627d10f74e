"""A small believable world to look at: companies around Montpellier, three groupements, one tender. All invented."""
