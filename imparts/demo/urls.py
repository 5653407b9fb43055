"""The address of the demonstration's front page."""

from django.urls import path

from imparts.demo import views

app_name = "demo"
urlpatterns = [path("", views.people, name="people")]
