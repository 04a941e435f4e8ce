"""The queue of a desk as a spreadsheet: taken along, filled in, sent back, looked at, confirmed."""
