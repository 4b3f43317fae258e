import pytest

from twiza.foundation.search.services import rebuild_index


@pytest.fixture
def folder(settings, tmp_path):
    settings.SEARCH_FOLDER = str(tmp_path)
    return tmp_path


@pytest.fixture
def index(folder, market):
    """An index of the market."""
    assert rebuild_index() == 6
    return folder
