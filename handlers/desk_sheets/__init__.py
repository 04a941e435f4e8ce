"""The queue of a desk as a spreadsheet: taken along, sent back, confirmed."""
