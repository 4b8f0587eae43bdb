"""What happens without a request: delivering, reminding, deleting. No work has moved here yet."""
