"""How well plans are read: accuracy against labels made by hand."""
