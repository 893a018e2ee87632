"""Measuring what the models do, on music they were never trained on."""
