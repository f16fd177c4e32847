"""Sample reviews, built through the services."""
