"""The demonstration: a small ID-porten of our own and a made-up municipality, in their own application."""
