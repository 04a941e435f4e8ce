"""The command line, one file a command group. Heavy modules are imported by the command that needs them."""
