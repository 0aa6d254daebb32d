"""Addresses: their words, what is asked, what is found, the files that hold them."""
