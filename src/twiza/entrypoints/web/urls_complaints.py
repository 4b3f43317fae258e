"""What a buyer says is wrong, behind the order's own link."""

from __future__ import annotations

from django.urls import path

from twiza.entrypoints.web.views import complaints

complaints_about_orders = [
    path("orders/<str:token>/complaints/<int:complaint_id>/accept/", complaints.accept, name="complaint-accept"),
    path("orders/<str:token>/complaints/<int:complaint_id>/dispute/", complaints.dispute, name="complaint-dispute"),
    path("orders/<str:token>/complaints/<int:complaint_id>/photo/", complaints.show_photo, name="complaint-photo"),
    path("orders/<str:token>/<slug:cooperative>/complain/", complaints.complain, name="order-complain"),
]
