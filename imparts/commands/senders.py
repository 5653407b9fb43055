"""`imparts senders`: who may send HL7 v2 messages here, and what their own codes mean."""

import argparse
import sys
from datetime import datetime
from typing import TYPE_CHECKING

from imparts.commands import database
from imparts.commands.exit_codes import DONE, UsedWrongly

if TYPE_CHECKING:
    from imparts.gateway.inbound.models import KnownSender
    from imparts.organisations.models import Organisation, Service

BY = "imparts senders"


def arguments(parser: argparse.ArgumentParser) -> None:
    """add, list, stop, start, clinic, measure or issuer."""
    verbs = parser.add_subparsers(
        dest="verb", required=True, metavar="add|list|stop|start|clinic|measure|issuer"
    )
    _arguments_of_add(verbs.add_parser("add", help="let an application at a facility send"))
    verbs.add_parser("list", help="every sender, also those that may send no more")
    for verb, sentence in (("stop", "take no more of its messages"), ("start", "take them again")):
        switch = verbs.add_parser(verb, help=sentence)
        switch.add_argument("number", type=int, help="its number in the list")
        switch.add_argument("--why", required=True, help="the reason, for the audit")
    clinic = verbs.add_parser("clinic", help="which service a sender means by a clinic's code")
    clinic.add_argument("code", help="as the sender writes it")
    clinic.add_argument("--service", required=True, metavar="CODE", help="our service's code")
    measure = verbs.add_parser("measure", help="which measure a sender means by a result's code")
    measure.add_argument("code", help="as the sender writes it")
    measure.add_argument("--measure", required=True, help="our measure, such as hba1c")
    measure.add_argument("--second", action="store_true", help="the second number: diastolic")
    issuer = verbs.add_parser("issuer", help="a name of the hospital as issuer of its numbers")
    issuer.add_argument("name", help="as the sender writes it in PID-3.4")
    for parser_of in (clinic, measure, issuer):
        parser_of.add_argument("--organisation", required=True, metavar="CODE")


def _arguments_of_add(add: argparse.ArgumentParser) -> None:
    add.add_argument("--application", required=True, help="MSH-3, to the letter")
    add.add_argument("--facility", required=True, help="MSH-4, to the letter")
    add.add_argument(
        "--organisation", required=True, metavar="CODE", help="for which of our organisations"
    )
    add.add_argument(
        "--address", action="append", default=[], help="network that it sends from (any)"
    )
    add.add_argument("--certificate", default="", help="SHA-256 of its client certificate (any)")
    add.add_argument(
        "--kind", action="append", default=[], help="such as ADT^A08, or ADT (all that we read)"
    )
    add.add_argument(
        "--test", action="store_true", help="its messages say T in MSH-11: test patients only"
    )
    add.add_argument(
        "--charset", default="", help="of messages that name none in MSH-18, such as 8859/1 (UTF-8)"
    )


def run(options: argparse.Namespace) -> int:
    """What was asked, on the site's tables."""
    verbs = {
        "add": _add, "list": _list, "stop": _switch, "start": _switch, "clinic": _clinic,
        "measure": _measure, "issuer": _issuer,
    }  # fmt: skip
    with database.with_apps() as now:
        from imparts.gateway.inbound.actions import SenderRefused

        try:
            return verbs[options.verb](options, now)
        except SenderRefused as refused:
            raise UsedWrongly(str(refused)) from None


def _add(options: argparse.Namespace, now: datetime) -> int:
    from imparts.gateway.inbound.actions import know_sender

    made = know_sender(
        application=options.application, facility=options.facility,
        organisation=_organisation(options.organisation), addresses=options.address,
        certificate=options.certificate, kinds=options.kind,
        processing="T" if options.test else "P", charset=options.charset, by=BY, at=now,
    )  # fmt: skip
    return _say(f"It may send now.\n{_line(made)}")


def _list(options: argparse.Namespace, now: datetime) -> int:
    from imparts.gateway.inbound.queries import known_senders

    return _say("\n".join([_line(each) for each in known_senders()] or ["Nobody may send yet."]))


def _switch(options: argparse.Namespace, now: datetime) -> int:
    from imparts.gateway.inbound.actions import end_sender, let_sender_again
    from imparts.gateway.inbound.queries import known_senders

    found = {each.pk: each for each in known_senders()}
    if options.number not in found:
        raise UsedWrongly(f"There is no sender {options.number}. See `imparts senders list`.")
    switch = end_sender if options.verb == "stop" else let_sender_again
    switch(found[options.number], by=BY, why=options.why, at=now)
    return _say(_line(found[options.number]))


def _clinic(options: argparse.Namespace, now: datetime) -> int:
    from imparts.gateway.inbound.actions.naming import name_service

    organisation = _organisation(options.organisation)
    service = _service(organisation, options.service)
    name_service(organisation=organisation, code=options.code, service=service, by=BY, at=now)
    return _say(f"{options.code} means {service.name}.")


def _measure(options: argparse.Namespace, now: datetime) -> int:
    from imparts.gateway.inbound.actions.naming import name_measure

    name_measure(
        organisation=_organisation(options.organisation), code=options.code,
        measure=options.measure, is_second=options.second, by=BY, at=now,
    )  # fmt: skip
    return _say(f"{options.code} means {options.measure}.")


def _issuer(options: argparse.Namespace, now: datetime) -> int:
    from imparts.gateway.inbound.actions.naming import name_issuer

    organisation = _organisation(options.organisation)
    name_issuer(organisation=organisation, name=options.name, by=BY, at=now)
    return _say(f"{options.name} means {organisation.name}.")


def _organisation(code: str) -> "Organisation":
    from imparts.organisations.queries import organisations_coded

    found = organisations_coded(code)
    if len(found) != 1:
        how_many = "no" if not found else "more than one"
        raise UsedWrongly(f"There is {how_many} organisation with the code {code}.")
    return found[0]


def _service(organisation: "Organisation", code: str) -> "Service":
    from imparts.organisations.queries import services

    found = {each.code: each for each in services().filter(organisation=organisation)}
    if code not in found:
        raise UsedWrongly(f"There is no service {code} there; there are: {', '.join(found)}.")
    return found[code]


def _line(sender: "KnownSender") -> str:
    may = "may send" if sender.is_active else "may send no more"
    told = (
        f"{sender.pk}  {sender.application} at {sender.facility}, for {sender.organisation.code}:",
        f"{may}, MSH-11 {sender.processing},",
        f"from {', '.join(sender.addresses) or 'any address'},",
        "with one certificate," if sender.certificate else "with any certificate,",
        f"{', '.join(sender.kinds) or 'every kind that is read'}",
    )
    return " ".join(told)


def _say(words: str) -> int:
    sys.stdout.write(f"{words}\n")
    return DONE
