"""Workbooks: typed sheets (`sheets`), written ready to print (`writing`)."""
