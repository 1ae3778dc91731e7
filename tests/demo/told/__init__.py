"""The stories of one small demo, which is made once for all that read it here."""
