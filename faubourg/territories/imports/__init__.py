"""Addresses from another machine."""
