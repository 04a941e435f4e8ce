"""The library of questionnaires, and questionnaires that are written in the chat."""
