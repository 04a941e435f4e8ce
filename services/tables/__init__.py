"""Reading tables that people send: CSV files with a heading row."""
