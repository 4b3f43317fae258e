"""The living page alone, whatever the settings of the installation."""

from django.urls import include, path

urlpatterns = [path("ui/", include("twiza.entrypoints.ui.urls"))]
