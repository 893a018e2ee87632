"""Data that travels with the program: weights, icons, the demo project."""
