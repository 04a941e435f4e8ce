"""A survey in one message. Only /survey is a router's: what is tapped and written in it never enters the inbox."""
