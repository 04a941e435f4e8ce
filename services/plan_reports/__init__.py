"""How plans stand: figures and the lists behind them, what is taken along, the state-language report, calendars."""
