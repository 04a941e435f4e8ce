"""Handlers of which the log does not say that they served somebody."""

#: Flag of handlers whose name beside a person's number would say too much, such as who asks for help.
UNNAMED = {"unnamed": True}
