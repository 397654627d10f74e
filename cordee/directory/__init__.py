"""WE MEET: companies, what they can do, and the ties between them."""
