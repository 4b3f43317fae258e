"""Where photographs and recordings lie. A file here is a storage of Django's, chosen by MEDIA_URL_STORAGE."""
