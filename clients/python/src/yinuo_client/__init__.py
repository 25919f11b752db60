"""A typed client for the API of a Yinuo hall."""

from yinuo_client.hall import Hall
from yinuo_client.problems import ProblemError
from yinuo_client.tokens import Challenge, client_credentials, code_for_token, refreshed

__all__ = ["Challenge", "Hall", "ProblemError", "client_credentials", "code_for_token", "refreshed"]
