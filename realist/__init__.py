"""Realist reviews as records: papers, CMO configurations, mechanisms, evidence grids."""

__version__ = "0.1.0"
