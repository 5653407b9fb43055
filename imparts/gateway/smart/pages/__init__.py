"""What the pages about apps and records may show, already in words."""
