"""The demonstration: a small ID-porten of our own, a made-up municipality, and what takes it in and starts them."""
