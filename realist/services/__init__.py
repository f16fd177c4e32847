"""The write side: one function per intention of a user."""
