"""What the person sees: updates in, messages out, through the production dispatcher."""
