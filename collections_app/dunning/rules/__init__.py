"""What decides about reminders, without a clock or a database: steps, the ladder, what stops a message."""
