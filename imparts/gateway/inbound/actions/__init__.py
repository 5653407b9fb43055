"""All writing of what the record sends: receiving, applying, once more, forgetting, who may send.

refusals     Refused, NotNow, Applied: what applying a message says
receiving    receive: one message, kept, applied and answered in one transaction
applying     apply: what each kind of message does
"""
