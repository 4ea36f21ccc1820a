"""Every change a person can make: each takes a session and returns a new one, or refuses in a sentence."""
