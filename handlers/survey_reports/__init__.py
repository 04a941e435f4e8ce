"""What surveys found: pictures and papers, free answers, and what changed because of the answers."""
