"""One migration, of a table that somebody else is busy with."""
