"""What a questionnaire may ask, what an answer is, without the database."""
