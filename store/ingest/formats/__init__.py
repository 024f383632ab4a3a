"""One module per layout of a page: text in, Document and Passages out."""
