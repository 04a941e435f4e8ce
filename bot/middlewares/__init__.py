"""What happens to every update around its handler; one class a file."""
