"""A simulated year of a whole city, through the real actions: what boards and public pages are drawn from."""
