"""How high lines stand that are no headings by their style; those have 0 (the title) to 9."""

SHEET_LEVEL = 9  # the name of a sheet
NUMBERED_LEVEL = 10  # and one more for each part of the number
PLAIN_LEVEL = 20  # bold, or in capitals
LINE_LEVEL = 25  # alone above a table
BODY_LEVEL = 30  # any other: a title perhaps, never a section
