"""The command line as an operator sees it: real processes, real exit codes."""
