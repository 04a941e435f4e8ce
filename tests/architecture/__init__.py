"""The rules of docs/architecture.md."""
