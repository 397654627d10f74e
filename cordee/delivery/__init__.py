"""We deliver: the board of equals, the client’s portal, acceptance, what happens when a member fails."""
