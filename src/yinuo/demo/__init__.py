"""The demo: sample people and living cases in every state, all made through the real actions."""
