"""Actions: composing, handing in, signing, starting and bringing in; all writing of this app."""
