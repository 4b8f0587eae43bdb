"""The translators' tools: `portal words` and `portal audio`. Nothing here runs while a page is shown."""
