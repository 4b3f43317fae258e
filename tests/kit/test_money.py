from hypothesis import given
from hypothesis import strategies as st

from twiza.kit.money import plain, read_dirhams, split


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any))
def test_parts_add_up_to_the_whole_and_none_is_off_by_a_centime(total, weights):
    parts = split(total, weights)

    assert sum(parts) == total
    assert all(abs(part * sum(weights) - total * weight) < sum(weights) for part, weight in zip(parts, weights, strict=True))


@given(st.integers(0, 10**9))
def test_what_is_written_is_read_back(centimes):
    assert read_dirhams(plain(centimes)) == centimes


def test_amounts_are_read_as_people_type_them():
    assert read_dirhams("1 200,50 DH") == 120050
    assert read_dirhams(" 90dh ") == 9000
    assert read_dirhams("0") == 0
    assert read_dirhams("beaucoup") is None
    assert read_dirhams("-3") is None
    assert read_dirhams("nan") is None
    assert read_dirhams("1e400") is None
