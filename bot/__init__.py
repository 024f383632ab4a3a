"""Quotebot on Telegram and in the terminal."""
