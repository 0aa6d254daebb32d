"""Words of long texts: folded, kept once, found by how they begin."""

from faubourg.toolkit.word_index import ENOUGH, LONGEST_WORD, distinct_words


def test_each_word_is_kept_once_without_accent_or_capital():
    assert distinct_words(["L'Été à l'Écusson,", "été ! Œuvres; n° 12"]) == "12 a ecusson ete l n oeuvres"


def test_a_text_without_a_space_does_not_break_the_index():
    assert distinct_words(["x" * 5000]) == "x" * LONGEST_WORD
    assert len(distinct_words([" ".join(f"mot{n}" for n in range(200_000))])) <= ENOUGH


def test_texts_that_say_nothing_have_no_words():
    assert distinct_words(["", " – ! ", "日本"]) == ""
