"""The read side: one question of a user, answered as frozen rows."""
