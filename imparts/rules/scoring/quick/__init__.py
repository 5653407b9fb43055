"""Quick: what score() says, looked up by the few sums that a result depends on.

Owns:           nothing
Start reading:  scorer.py, then depends.py
Asks:           rules.instruments, rules.scoring.score
Asked by:       rules.scoring (requests and lines), bulk, the benchmarks
Safety:         hazard H4 (a score is wrong)

Nothing is worked out a second way here. A PHQ-9 with a sum of 12, all nine answered and the same
symptoms counted has the same result whoever gave it, so score() is asked once and its result is
remembered. What may be wrong is only which sums suffice; the tests compare them with score() on
every instrument.
"""
