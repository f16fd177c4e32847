"""Reviews on each engine, quickly."""

from tests.services.server import address, server_schema

__all__ = ["address", "server_schema"]
