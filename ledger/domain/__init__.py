"""Pure rules: standard library only; no disk, no screen, no clock."""
