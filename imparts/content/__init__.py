"""Content: what clinicians author, as data files: instruments, packs, pathways, patient texts.

Owns:           the shipped files; each names its source, licence, author, checker and review date
Start reading:  instruments/phq9.toml, then packs/rheumatology_outpatient.toml
Asks:           nothing
Asked by:       library, which loads each file by its hash
Safety:         hazards H4 (a wording is wrong) and H7 (an unchecked rule goes live)

A file that breaks a rule of its kind is refused by its reader in imparts.rules, with a sentence.
"""
