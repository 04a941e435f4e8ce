"""How plans stand: pictures and lists, papers to take along, the report on the state language, calendar addresses."""
