"""IMPARTS: mental and physical health care, asked about and acted on in one place.

The folders, in the order a visit meets them:

    informatics      1. ask in clinic, score at once, show the clinician
    pathways         2. what should happen next, and by when
    integrated_care     referrals and letters; plans, caseload and meetings will join them
    gateway             the record gateway: HL7 v2 out to the hospital record
    authoring           the library: instruments looked up, packs made ready
    administration      staff, services, tablets, clinic days: from nothing to the first patient
    workspace           where staff begin

What they stand on:

    people           patients, and who has a care relationship with them
    library          content in force: which version of each file, signed by whom, from when
    organisations    trusts, boards, systems, services
    access           staff and what each may do
    audit, outbox    what happened; what is owed to the outside world
    live             tells open pages that something has changed
    design           the look
    bulk             many forms at a time, from files of JSON lines, CSV or Parquet
    rules            what follows from what, in plain Python
    postgres         our own PostgreSQL, where the site brings none
    content          instruments, packs and pathways, as signed files

And around them: commands (the command line), config (every setting and address), demo (an invented
trust to try it on) and benchmarks (how fast it is). Each folder may use those below it and none
above: pyproject.toml says so, `make check` proves it. docs/map.md is drawn from these folders' own
first lines.
"""
