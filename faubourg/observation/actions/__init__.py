"""What changes the figures of a territory."""
