"""What a person can do: one function a deed, one change each."""
