"""Fixtures of the interface."""

from tests.services.server import server_schema

__all__ = ["server_schema"]
