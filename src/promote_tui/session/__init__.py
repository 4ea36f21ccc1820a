"""What a session is: pure values and rules. No files, no clock, no screen."""
