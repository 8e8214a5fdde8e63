"""Letters about what is late: what the rules call for, and each letter from its draft to the answer."""
