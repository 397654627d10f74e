"""WE BID: needs and tender notices, lots, joint offers."""
