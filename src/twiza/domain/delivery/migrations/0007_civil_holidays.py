"""The holidays whose date is fixed. Those of the moon are added when they are announced."""

from datetime import date

from django.db import migrations

YEARS = (2026, 2027, 2028, 2029)
DAYS = (
    (1, 1, "Nouvel an", "رأس السنة الميلادية"),
    (1, 11, "Manifeste de l'indépendance", "تقديم وثيقة الاستقلال"),
    (1, 14, "Nouvel an amazigh", "رأس السنة الأمازيغية"),
    (5, 1, "Fête du travail", "عيد الشغل"),
    (7, 30, "Fête du trône", "عيد العرش"),
    (8, 14, "Allégeance d'Oued Ed-Dahab", "استرجاع إقليم وادي الذهب"),
    (8, 20, "Révolution du roi et du peuple", "ثورة الملك والشعب"),
    (8, 21, "Fête de la jeunesse", "عيد الشباب"),
    (10, 31, "Fête de l'unité", "عيد الوحدة"),
    (11, 6, "Marche verte", "المسيرة الخضراء"),
    (11, 18, "Fête de l'indépendance", "عيد الاستقلال"),
)


def load(apps, schema_editor):
    Holiday = apps.get_model("delivery", "Holiday")
    Holiday.objects.bulk_create(
        Holiday(day=date(year, month, day), name_fr=name_fr, name_ar=name_ar)
        for year in YEARS
        for month, day, name_fr, name_ar in DAYS
    )


def unload(apps, schema_editor):
    apps.get_model("delivery", "Holiday").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("delivery", "0006_days_and_points")]

    operations = [migrations.RunPython(load, unload)]
