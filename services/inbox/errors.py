"""What can go wrong with an update in hand."""


class UpdateTakenOver(RuntimeError):  # noqa: N818 -- states a fact
    """Another replica holds this update now (our lease ran out); nothing was written here."""

    def __init__(self, update_id: int) -> None:
        super().__init__(f"update {update_id} is served by another worker")
        self.update_id = update_id
