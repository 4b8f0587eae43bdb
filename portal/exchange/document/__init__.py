"""The municipality's document (JSON): what it says, read piece by piece, made whole, compared, and stored."""
