"""What a connected system may do, where it may be told something, and how often that is tried. Pure."""
