"""Readings that cut across the apps."""

from faubourg.portal.queries.frame import page_frame

__all__ = ["page_frame"]
