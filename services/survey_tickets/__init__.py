"""Paper tickets of anonymous surveys, and the replies that come over the web page."""
