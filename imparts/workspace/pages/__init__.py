"""Pages: what each workspace page may show, every word and number decided before the template."""
