"""What comes from outside: the figures a contract gives, the statistics of INSEE, a list of equipment."""
