"""Codes, files, shapes, and where a point is: pure, without Django."""

from faubourg.territories.rules.codes import is_qpv_code

__all__ = ["is_qpv_code"]
