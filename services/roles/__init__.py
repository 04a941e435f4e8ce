"""Rights over and above being a student or an employee."""
