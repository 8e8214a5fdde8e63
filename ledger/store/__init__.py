"""The only code that touches our files."""
