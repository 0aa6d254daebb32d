"""The pages of consultations and of what residents said."""
