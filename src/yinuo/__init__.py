"""Yinuo: a city's public-security services as one package, every promise kept in the open."""

__version__ = "0.1.0"
