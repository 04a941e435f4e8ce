"""All tests."""

from bot.lazy_models import import_aiogram

# As the program does it, before any test imports aiogram: each worker would build hundreds of models that none uses.
import_aiogram()
