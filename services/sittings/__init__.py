"""Sittings of the Academic Council: their day, the items that go by it, the papers."""
