"""Sets the portal up on a bare machine. Standard library only; what needs packages runs in `.venv`."""
