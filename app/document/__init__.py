"""The project as it lives in the app: with history, signals and transient state."""
