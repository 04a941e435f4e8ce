"""Tables as office programs write them: CSV and XLSX, told apart by their content."""
