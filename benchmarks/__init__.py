"""Measurements: quality of the extraction, speed beside other tools."""
