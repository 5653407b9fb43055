"""Addresses of sign-in for machines and apps, and of our own launch in a record."""

from django.urls import URLPattern

app_name = "smart"
urlpatterns: list[URLPattern] = []
