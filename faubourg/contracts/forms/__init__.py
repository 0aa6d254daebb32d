"""What people type about a contract."""
