"""The Study Office: finding people, their cards, corrections, codes, revoking certificates."""
