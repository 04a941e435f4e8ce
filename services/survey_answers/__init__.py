"""Taking part in a survey: what happens to answers from the first tap to the sealed reply."""
