"""Papers from the state that end: visas, temporary registrations, work permits."""
