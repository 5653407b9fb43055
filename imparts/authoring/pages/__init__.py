"""Pages: what each page of the library may show, every word decided before the template."""
