"""Previewing: a pack or one instrument as it would be asked; answers are stored nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import Http404

from imparts.access.queries import Asking
from imparts.authoring.queries import choosing, drafts
from imparts.authoring.queries.packs import drafted_for
from imparts.authoring.queries.versions import version_for
from imparts.library import queries as library
from imparts.library.models import ContentVersion
from imparts.library.queries.reading import languages_in
from imparts.organisations.models import Service
from imparts.rules.forms.definition import Form
from imparts.rules.instruments.definition import Instrument
from imparts.rules.packs.alerting import Watched, watched
from imparts.rules.packs.asking import Given, Question, questions
from imparts.rules.packs.definition import Ask, Pack, Part
from imparts.rules.packs.draft import Draft, Made, as_pack
from imparts.rules.patient_texts import PatientTexts

Kind = ContentVersion.Kind
ONE_INSTRUMENT = "instrument-"
GivenAnswers = Mapping[str, Mapping[str, Given]]


@dataclass(frozen=True, slots=True)
class Previewed:
    """A draft, a version or one instrument that is looked at as a patient would meet it."""

    of: str
    """ "draft", "version", or "instrument-" and the language in which it is tried."""
    id: int
    pack: Pack
    instruments: Mapping[str, Instrument]
    """Only those that have their wording: the others cannot be shown."""
    forms: Mapping[str, Form]
    """What was brought in: it stands on the page of all questions."""
    without_wording: tuple[str, ...]
    texts: PatientTexts | None

    @property
    def tried(self) -> Instrument | None:
        """The one instrument that is tried alone; None when this is a whole pack."""
        is_one = self.of.startswith(ONE_INSTRUMENT)
        return next(iter(self.instruments.values())) if is_one else None


@dataclass(frozen=True)
class Walk:
    """One walk through a preview; it has what the tablet's pages ask of a sitting."""

    previewed: Previewed
    given: GivenAnswers

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Everything that applies now, in order."""
        return questions(self.previewed.pack, self.instruments, self.given, {})

    @cached_property
    def watched(self) -> Watched:
        """The questions about harm, as on the tablet."""
        return watched(self.instruments)

    @property
    def instruments(self) -> Mapping[str, Instrument]:
        """What is asked."""
        return self.previewed.instruments

    @property
    def first_unanswered(self) -> Question | None:
        """Where the walk goes on."""
        return next((q for q in self.questions if not self.answer_to(q)), None)

    def answer_to(self, question: Question) -> Given | None:
        """The answer given to one question, if any."""
        return self.given.get(question.instrument, {}).get(question.item.id)


def previewed(asking: Asking, of: str, of_id: int, *, on: date) -> Previewed:
    """A draft of one's own services, any version of a pack, or any wording; 404 otherwise."""
    if of.startswith(ONE_INSTRUMENT):
        return _tried(asking, of, of_id, on=on)
    shelf = choosing.shelf(on=on)
    if of == "draft":
        row = drafts.draft_for(asking, of_id)
        pack, service = drafts.pack_of_draft(row, shelf, on=on), row.service
    elif of == "version":
        content = version_for(of_id)
        if content.kind != Kind.PACK:
            raise Http404
        pack, service = library.pack_of(content.pk), drafted_for(content.pk) or _any(asking)
    else:
        raise Http404
    known = {key: one for key, one in shelf.instruments.items() if one.has_wording}
    return Previewed(
        of=of,
        id=of_id,
        pack=pack,
        instruments=known,
        forms={
            key: one
            for key, one in shelf.forms.items()
            if any(a.instrument == key for a in pack.asks)
        },
        without_wording=tuple(
            a.instrument for a in pack.asks if a.instrument not in {*known, *shelf.forms}
        ),
        texts=_texts(service),
    )


def _tried(asking: Asking, of: str, of_id: int, *, on: date) -> Previewed:
    """One instrument alone, in one language of one version, as a pack of nothing else."""
    content, language = version_for(of_id), of.removeprefix(ONE_INSTRUMENT)
    if content.kind not in (Kind.INSTRUMENT, Kind.WORDING) or language not in languages_in(of_id):
        raise Http404
    instrument = library.instrument_of(of_id, language)
    if not instrument.has_wording:
        raise Http404
    known = {instrument.id: instrument}
    alone = Draft(
        name=instrument.short_title,
        asks_who_helps=False,
        parts=(Part(instrument.part, (Ask(instrument.id),)),),
    )
    made = Made(instrument.id, content.version, instrument.authored_by, on, instrument.next_review)
    return Previewed(
        of=of,
        id=of_id,
        pack=as_pack(alone, made, known),
        instruments=known,
        forms={},
        without_wording=(),
        texts=_texts(_any(asking)),
    )


def _any(asking: Asking) -> Service | None:
    """A service of whoever looks, for the words of their nation."""
    found = Service.objects.filter(pk__in=asking.services).select_related("organisation")
    return found.order_by("pk").first()


def _texts(service: Service | None) -> PatientTexts | None:
    """What patients of the service's nation are told, signed or not: this is for reading."""
    if service is None:
        return None
    newest = library.newest_versions(Kind.PATIENT_TEXT).get(service.organisation.nation)
    return library.patient_texts_of(newest.pk) if newest else None
