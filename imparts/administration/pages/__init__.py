"""Pages: what each page of setting up may show, every word decided before the template."""
