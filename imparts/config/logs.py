"""Logs: what happened and where, never to whom. Addresses, answers and error texts stay out."""

import logging
from types import TracebackType


class WithoutPeople(logging.Filter):
    """Keep the logger's name, the kind of error and the file and line; drop every argument.

    An exception's text may quote a row ("Key (nhs_number)=(...) already exists"), and a request's
    address may hold an id, so neither is ever written.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place and let it through."""
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            place = _last_place(trace)
            record.msg = f"{kind.__name__} at {place}"
            record.args = ()
            record.exc_info = None
            record.exc_text = None
        elif record.name.startswith("django.request"):
            record.msg, record.args = f"request answered {getattr(record, 'status_code', '')}", ()
        return True


def _last_place(trace: TracebackType | None) -> str:
    place = "unknown place"
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f"{code.co_filename.rpartition('imparts/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
