"""SMART on FHIR: who a machine or an app is, what it may do, and our own launch in a record.

Owns:           ApiClient, AppGrant, TokenGrant, Launch, SigningKey, UsedAssertion, WrongSecret,
                TrustedRecord, Opening
Start reading:  principal.py, scopes.py; actions/validating.py for what the OAuth library asks us
Asks:           access, organisations, people, informatics.questionnaires (the newest visit),
                outbox (what goes back into the record), gateway (how it is written), rules.record,
                audit, design
Asked by:       gateway.fhir_server, commands (api-client, smart-record), config, workspace
Safety:         hazards H2 (the wrong patient), H8 (somebody sees what they may not)

As server, a program proves itself or a member of staff lets it; scopes narrow what the role allows:

    app -> views.authorising (a person says yes) -> code -> views.tokens -> token -> principal_of

As app, a hospital record that trust IT has registered opens us for its user and patient:

    record -> views.launching.launch -> its own sign-in -> views.launching.back -> the summary
"""
