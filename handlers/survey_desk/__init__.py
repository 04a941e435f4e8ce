"""The desk of survey managers: from a questionnaire to an open survey."""
