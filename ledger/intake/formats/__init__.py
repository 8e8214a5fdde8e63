"""Each format of received files, taken apart into lines and tables: `read(data: bytes) -> Document`."""
