"""Keep rectification ledgers (整改台账)."""

__version__ = "0.1.0"
