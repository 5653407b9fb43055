"""The pretend record's SMART side: it opens apps for a patient and a user, and gives tokens.

Owns:           clients.json and launcher-key.pem in the record's folder
Start reading:  sign_in.py
Asks:           nothing
Asked by:       gateway.pretend_record (door, run)
Safety:         hazard H8 (someone sees what they may not)

    clients     the apps and machines that this record knows
    keys        the key that signs who the user is, and its public half
    launches    a launch, a code, a token: each made once, ended soon
    sign_in     the authorize address: a code for an app
    tokens      the token address: a token for a code, or for a machine
    scopes      what a token allows
    addresses   where all of this is, as SMART configuration

What was given lives in memory: after a restart apps and machines ask again, as with real ones.
"""
