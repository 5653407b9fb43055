"""Reading for the FHIR server: which rows a reader may see, and rows to facts, a page at a time."""
