"""Forms: what may be typed, ticked and handed over on the pages of this app."""
