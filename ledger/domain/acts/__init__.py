"""What can be done to a record: each act checks the rules and enters itself."""
