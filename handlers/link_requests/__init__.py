"""The Study Office's side of linking: requests, codes for a group, accounts on hold."""
