"""What somebody asked for and was issued: its state, answers, receipts, copies on paper."""
