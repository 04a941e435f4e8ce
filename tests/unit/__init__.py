"""Rules, grammar, texts and documents: nothing but the code."""
