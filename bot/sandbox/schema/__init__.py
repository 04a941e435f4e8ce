"""The shape of the Bot API as data (``botapi.json``) and the script that extracts it."""
