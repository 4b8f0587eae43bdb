"""A participant's record as more than one section reads it: queries only, no words, no Flask."""
