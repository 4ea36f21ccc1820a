"""The one door to the disk: everything that reads or writes a file."""
