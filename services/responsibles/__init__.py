"""Who is responsible, as plans print it, read into units and posts; nothing here knows a database."""
