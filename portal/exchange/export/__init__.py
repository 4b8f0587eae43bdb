"""What participants have sent, given out until the municipality says that it has it."""
