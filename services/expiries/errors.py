"""What is refused about papers that end."""

from services.errors import Refusal


class PaperMoved(Refusal):
    """The paper has another last day by now, or none."""
