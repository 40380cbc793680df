"""The automatic coder: parse, actors, actions, time, rows."""
