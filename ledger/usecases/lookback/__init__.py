"""Looking back at what was closed: who is looked at, what was found, when the next is due."""
