"""How fast the portal answers and how much it sends, beside a bare Flask page on the same server. Run by hand."""
