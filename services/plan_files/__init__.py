"""Plans as files: Word, Excel and CSV tables read by meaning, whatever their columns are called."""
