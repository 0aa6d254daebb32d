"""A button pressed twice. Under the lock of the action, the same thing said again so soon is one thing."""

from datetime import timedelta

TWICE = timedelta(minutes=2)
"""How long the same words of the same person are taken for a second click."""
