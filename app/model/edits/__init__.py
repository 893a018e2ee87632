"""What one can do to a project: small frozen values, each turning one project into the next."""
