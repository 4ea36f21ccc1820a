"""What the room sees: screens that show a session and ask for changes to it."""
