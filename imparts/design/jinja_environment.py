"""The template engine: Jinja with the NHS components, a few globals and a few filters."""

from typing import Any

import nhsuk_frontend_jinja
from django.template import TemplateDoesNotExist
from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from imparts.design import dates, spoken


class JinjaPages(Jinja2):
    """Django's Jinja engine, looking only at .jinja files in each app's templates folder."""

    app_dirname = "templates"

    def get_template(self, template_name: str) -> Any:
        """Leave every other file name (allauth's own pages) to the next engine."""
        if not template_name.endswith(".jinja"):
            raise TemplateDoesNotExist(template_name, backend=self)
        return super().get_template(template_name)


def environment(**options: Any) -> Environment:
    """Build the engine. The NHS macros need lookups on missing values to be quiet."""
    options["loader"] = ChoiceLoader(
        [options["loader"], PackageLoader(nhsuk_frontend_jinja.__name__)]
    )
    options["undefined"] = ChainableUndefined
    options["trim_blocks"] = options["lstrip_blocks"] = True
    made = Environment(**options)
    made.globals.update(
        static=static,
        url=reverse,
        say=spoken.say,
        spoken_language=spoken.language,
        spoken_direction=spoken.direction,
    )
    made.filters.update(
        day=dates.day,
        long_day=dates.long_day,
        short_day=dates.short_day,
        clock=dates.clock,
        record_day=dates.record_day,
    )
    return made
