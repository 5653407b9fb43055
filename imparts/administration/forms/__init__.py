"""Forms: what may be typed when a site is set up, and what is wrong with it in plain words."""
