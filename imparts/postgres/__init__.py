"""Postgres: a PostgreSQL of our own, for machines where nobody has set one up.

Owns:           one database cluster in one folder, its port and its passwords
Start reading:  cluster.py: start
Asks:           nothing
Asked by:       commands (demo, serve, worker, migrate), tests
Safety:         hazard H10 (an acknowledged answer is lost): checksums and full durability stay on

Nobody on the machine gets in without a password: trust authentication is never used. A site that
has a database of its own sets DATABASE_URL, and nothing here runs.
"""
