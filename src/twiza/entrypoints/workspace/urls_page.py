"""What a cooperative says and shows of itself."""

from __future__ import annotations

from django.urls import URLPattern, path

from twiza.entrypoints.workspace.views import page, page_media, page_versions

of_its_page: list[URLPattern] = [
    path("page/", page.show_page, name="page"),
    path("page/story/", page.tell_story, name="page_story"),
    path("page/members/", page.count_members, name="page_members"),
    path("page/opening/", page.say_when, name="page_opening"),
    path("page/contacts/", page.show_contacts, name="page_contacts"),
    path("page/contacts/<int:contact_id>/", page.change_contact, name="page_contact"),
    path("page/photos/", page_media.show_photos, name="page_photos"),
    path("page/photos/<int:photo_id>/", page_media.show_photo, name="page_photo"),
    path("page/voice/", page_media.show_voice, name="page_voice"),
    path("page/voice/remove/", page_media.remove_voice, name="page_voice_remove"),
    path("page/changes/", page_versions.show_changes, name="page_changes"),
    path("page/changes/<int:waiting>/", page_versions.show_change, name="page_change"),
    path("page/versions/<int:version>/", page_versions.show_version, name="page_version"),
]
