"""When amounts may be given up, and who decides. Pure."""
