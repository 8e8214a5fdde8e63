"""What others send: read with limits, turned into proposals, nothing written."""
