"""What the room takes away: a session as text or bytes, each format one module."""
