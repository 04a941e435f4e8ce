"""What all features share: showing screens, answering taps, help, and the end of the routing table."""
