"""Tables, figures and one report of a set of events."""
