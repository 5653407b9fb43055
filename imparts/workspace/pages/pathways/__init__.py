"""Pages of pathways: the list, one pathway in words, a draft with its run and its signatures.

Owns:           nothing; frozen pages for the templates
Start reading:  draft.py, then rule.py and run.py
Asks:           rules.pathways, design
Asked by:       workspace.views
Safety:         hazard H7 (an unchecked rule goes live): what is signed stands on the page in words
"""
