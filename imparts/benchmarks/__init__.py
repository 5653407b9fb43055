"""Benchmarks: how fast and how heavy, each figure beside its peer or its limit in the same run.

Owns:           nothing
Start reading:  run.py
Asks:           commands' own programs as subprocesses; demo (people and visits of its making),
                workspace, informatics, pathways, people, library, organisations, access, outbox,
                postgres, bulk, rules, gateway (how messages are framed and read)
Asked by:       commands (`imparts bench`, `make bench`)
Safety:         none; runs on a database of its own, never on a site's

A figure alone says little, since machines differ: submissions are measured beside pgbench writing
the same rows to the same server, pages beside the limits that we set ourselves.
"""
