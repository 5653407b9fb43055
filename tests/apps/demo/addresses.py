"""The addresses as they are in the demonstration."""

from django.urls import include, path

from imparts.config.urls import (
    handler400,
    handler403,
    handler404,
    handler500,
)
from imparts.config.urls import urlpatterns as everywhere

__all__ = ["handler400", "handler403", "handler404", "handler500"]
urlpatterns = [path("demo/", include("imparts.demo.urls")), *everywhere]
