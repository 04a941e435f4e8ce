"""The first screen and the menu."""
