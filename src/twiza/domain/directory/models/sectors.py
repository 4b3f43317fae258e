"""The sectors in which the Moroccan office of cooperation (ODCO) counts cooperatives."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    AGRI = "AGRI", _("Agriculture")
    ARTI = "ARTI", _("Crafts")
    HABI = "HABI", _("Housing")
    DALI = "DALI", _("Foodstuffs")
    ARGA = "ARGA", _("Argan")
    PAM = "PAM", _("Medicinal and aromatic plants")
    FORE = "FORE", _("Forestry")
    PECH = "PECH", _("Fishing")
    TOUR = "TOUR", _("Tourism")
    ALPH = "ALPH", _("Literacy, education, training")
    TRAN = "TRAN", _("Transport")
    COMM = "COMM", _("Retail traders")
    CONS = "CONS", _("Consumption")
    MAIN = "MAIN", _("Labour")
    DECH = "DECH", _("Waste treatment")
    CARR = "CARR", _("Quarries")
    COMU = "COMU", _("Communication")
    CONG = "CONG", _("Consulting and management")
    IMPR = "IMPR", _("Printing and stationery")
    ENER = "ENER", _("Renewable energy")
    AUTR = "AUTR", _("Other services")
