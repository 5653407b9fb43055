"""Commands: the `imparts` program, one file a verb.

Owns:           nothing
Start reading:  verbs.py, the list of verbs; then the file of the verb
Asks:           every app, through its actions and queries; postgres
Asked by:       __main__, the Makefile
Safety:         hazard H10 (an acknowledged answer is lost): start and stop lose nothing

demo             database, serve, worker, pretend-record, all under one supervisor
serve            web processes: pages and event streams
worker           one process that asks: what is due now?
migrate          nothing that stays: brings the tables up to date, then grants
setup            nothing that stays: first organisation and administrator
instruments      nothing that stays: lists, shows and checks the files; needs no database
pathways         nothing that stays: checks pathway files, and runs one over the past
score            nothing that stays: scores answers in bulk; needs no database
pretend-record   a pretend hospital record; needs no database

Exit codes: 0 done; 1 some input was refused; 2 wrong use; 3 a service it needs is not there.
"""
