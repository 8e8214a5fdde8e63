"""Parse, one call, show."""
