"""The living page of components, for demo and development."""

from django.urls import path

from twiza.entrypoints.ui import views

app_name = "ui"
urlpatterns = [path("", views.show_components, name="components")]
