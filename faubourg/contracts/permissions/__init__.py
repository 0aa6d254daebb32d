"""Who may change what a contract says."""
