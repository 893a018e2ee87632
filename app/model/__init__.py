"""What a project is: frozen values and pure functions."""
