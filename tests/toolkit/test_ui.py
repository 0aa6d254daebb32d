from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.forms import formset_factory
from django.template import TemplateSyntaxError, engines
from django.template.loader import get_template
from django.test import RequestFactory

from faubourg.toolkit.fields import EurosFormField
from faubourg.toolkit.verdict import ALLOWED, denied
from faubourg.toolkit.views import components


def show(source, path="/", **context):
    return engines["django"].from_string(source).render(context, RequestFactory().get(path))


class EveryKind(forms.Form):
    title = forms.CharField(label="Intitulé", help_text="En une ligne.")
    story = forms.CharField(label="Récit", widget=forms.Textarea, required=False)
    amount = EurosFormField(label="Montant")
    starts_on = forms.DateField(label="Premier jour", initial=date(2027, 2, 12))
    colour = forms.ChoiceField(label="Couleur", choices=[("r", "Rouge")])
    size = forms.ChoiceField(label="Taille", choices=[("s", "Petite")], widget=forms.RadioSelect)
    tags = forms.MultipleChoiceField(
        choices=[("a", "A")], widget=forms.CheckboxSelectMultiple, required=False
    )
    paper = forms.FileField(label="Document")
    agreed = forms.BooleanField(label="D'accord")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ value|euros }}", "12\u00a0345,60\u00a0€"),
        ("{{ nothing|euros }}", "à confirmer"),
        ("{{ day|day }}", "1er mars 2027"),
        ("{{ nothing|day }}", "à confirmer"),
        ("{{ moment|moment }}", "12 février 2027 à 0\u00a0h\u00a005"),
        ("{{ moment|day }}", "12 février 2027"),
        ("{{ part|rate:value }}", "–"),
        ("{{ nothing|rate:value }}", "à confirmer"),
        ("{{ '12345678900012'|siret }}", "123\u00a0456\u00a0789\u00a000012"),
        ("{{ '1234'|siret }}", "1234"),
    ],
)
def test_filters_write_values_as_people_read_them(source, expected):
    context = {
        "value": Decimal("12345.60") if "rate" not in source else Decimal(0),
        "part": Decimal(3),
        "nothing": None,
        "day": date(2027, 3, 1),
        "moment": datetime(2027, 2, 11, 23, 5, tzinfo=UTC),  # already the 12th in Paris
    }
    assert show(source, **context) == expected


def test_what_people_typed_is_escaped_and_keeps_its_lines():
    html = show("{{ text|lines }}", text="Un\ndeux <script>\n\ntrois")
    assert html == "<p>Un<br>deux &lt;script&gt;</p>\n\n<p>trois</p>"


@pytest.mark.parametrize(
    "source",
    [
        '{% badge "info" x %}',
        '{% link_button x x %}',
        "{% crumb x x %}",
        "{% card x %}{{ x }}{% endcard %}",
        '{% alert "info" x %}{{ x }}{% endalert %}',
        "{% table_region x %}{{ x }}{% endtable_region %}",
        "{% empty x x href=x label=x %}",
        "{% post_button x x confirm=x name=x value=x %}",
        "{% gauge 1 2 x %}",
    ],
)  # fmt: skip
def test_no_brick_lets_markup_through(source):
    html = show(source, x='"><script>alert(1)</script>')
    assert "<script>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html


def test_a_tone_that_does_not_exist_is_refused():
    with pytest.raises(TemplateSyntaxError, match="rose"):
        show('{% badge "rose" "Bonjour" %}')


@pytest.mark.parametrize(
    ("today", "words", "tone"),
    [
        (date(2027, 2, 8), "dans 4\u00a0jours", "far"),
        (date(2027, 2, 9), "dans 3\u00a0jours", "near"),
        (date(2027, 2, 11), "demain", "near"),
        (date(2027, 2, 12), "aujourd&#x27;hui", "near"),
        (date(2027, 2, 13), "en retard de 1\u00a0jour<", "late"),
        (date(2027, 2, 14), "en retard de 2\u00a0jours", "late"),
    ],
)
def test_a_deadline_says_how_much_time_is_left(today, words, tone):
    html = show("{% deadline day today %}", day=date(2027, 2, 12), today=today)
    assert words in html
    assert f"deadline-{tone}" in html
    assert '<time datetime="2027-02-12">12\u00a0février\u00a02027</time>' in html


def test_a_deadline_far_away_says_its_date_only():
    html = show("{% deadline day today %}", day=date(2027, 12, 31), today=date(2026, 11, 23))
    assert "31\u00a0décembre\u00a02027" in html
    assert "jours" not in html


def test_an_unknown_deadline_says_so():
    assert "à confirmer" in show("{% deadline None %}")


def test_a_refused_button_stays_in_sight_with_its_reason_and_posts_nothing():
    html = show('{% post_button "Déposer" "/x/" verdict %}', verdict=denied("Il manque une pièce."))
    assert "<form" not in html
    assert 'aria-disabled="true" aria-describedby="motif-1"' in html
    assert '<span class="refused-reason" id="motif-1">Il manque une pièce.</span>' in html


def test_two_refused_buttons_have_each_their_own_reason():
    html = show('{% post_button "A" "/" v %}{% post_button "A" "/" v %}', v=denied("Non."))
    assert 'id="motif-1"' in html
    assert 'id="motif-2"' in html


def test_an_allowed_button_posts_with_its_token():
    html = show('{% post_button "Déposer" "/x/" verdict name="n" value="7" %}', verdict=ALLOWED)
    assert 'method="post" action="/x/"' in html
    assert "csrfmiddlewaretoken" in html
    assert 'name="n" value="7"' in html


def test_a_grave_button_asks_first_without_script():
    html = show('{% post_button "Retirer" "/x/" kind="danger" confirm="Pour de bon ?" %}')
    assert html.index("<summary") < html.index("Pour de bon ?") < html.index("<form")


def test_pages_keep_the_filters_of_the_address():
    page = Paginator(range(500), 50).get_page(4)
    html = show("{% pagination page %}", "/?q=a%26b&page=4", page=page)
    assert 'href="?q=a%26b&amp;page=5"' in html
    assert 'aria-current="page"' in html


def test_a_list_of_one_page_shows_no_pages():
    assert "<nav" not in show("{% pagination page %}", page=Paginator(range(3), 50).get_page(1))


@pytest.mark.parametrize(
    ("part", "words", "width"),
    [
        (Decimal("48000"), "50\u00a0%", 'width="50.0"'),
        (Decimal("96000"), "100\u00a0%", 'width="100.0"'),
        (Decimal("96000.01"), "dépassé de 0,01\u00a0€", 'width="100.0"'),
    ],
)
def test_a_gauge_says_in_words_what_its_bar_shows(part, words, width):
    html = show('{% gauge part whole "État" %}', part=part, whole=Decimal("96000"))
    assert words in html
    assert width in html
    assert ("gauge-over" in html) is (part > 96000)


def test_a_gauge_of_an_unknown_sum_has_no_bar_and_no_zero():
    html = show('{% gauge part None "État" %}', part=Decimal(5))
    assert "à confirmer" in html
    assert "<svg" not in html


def test_steps_say_their_state_in_words():
    items = [
        SimpleNamespace(label="Budget", url="/b/", state="current"),
        {"label": "Fin", "url": "", "state": "todo"},
    ]
    html = show("{% steps items %}", items=items)
    assert 'aria-current="step"' in html
    assert "(en cours)" in html
    assert "(à faire)" in html


def test_the_summary_leads_to_each_refused_field_even_a_group_of_boxes():
    html = show("{% error_summary form %}", form=EveryKind({}))
    assert '<a href="#id_title">Intitulé</a>' in html
    assert '<a href="#id_size_0">Taille</a>' in html
    assert "7 champs sont à corriger" in html


def test_a_form_nobody_sent_yet_has_no_summary():
    assert "alert" not in show("{% error_summary form %}", form=EveryKind())


def test_the_summary_of_a_formset_names_the_line():
    lines = formset_factory(EveryKind)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-story": "x"}
    )
    html = show("{% error_summary forms %}", forms=[lines])
    assert '<a href="#id_form-0-title">Intitulé, ligne 1</a>' in html


def test_a_field_says_whether_it_is_required_and_the_browser_does_not_block_a_draft():
    html = str(EveryKind()["title"].as_field_group())
    assert "(obligatoire)" in html
    assert 'aria-required="true"' in html
    assert " required" not in html
    assert "(facultatif)" in str(EveryKind()["story"].as_field_group())


def test_the_help_of_a_field_is_text_whoever_wrote_it():
    """The help of a criterion is typed by the GIP, the name of a file joined by whoever sent it."""

    class Scores(forms.Form):
        points = forms.IntegerField(help_text="<img src=x onerror=alert(1)> d'après l'avis")

    html = str(Scores()["points"].as_field_group())
    assert "&lt;img src=x" in html
    assert "<img" not in html


def test_a_refused_field_is_tied_to_its_reason():
    html = str(EveryKind({})["title"].as_field_group())
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("title", 'class="form-control"'),
        ("story", "<textarea"),
        ("amount", 'class="form-control euros"'),
        ("amount", "input-group"),
        ("starts_on", 'type="date" name="starts_on" value="2027-02-12"'),
        ("colour", 'class="form-select"'),
        ("size", "<legend>Taille"),
        ("size", 'class="form-check-label" for="id_size_0"'),
        ("tags", 'class="form-check-input"'),
        ("paper", 'type="file"'),
        ("agreed", 'class="form-check-label" for="id_agreed"'),
    ],
)
def test_each_kind_of_field_is_dressed(name, expected):
    assert expected in str(EveryKind()[name].as_field_group())


def test_a_whole_form_prints_all_its_fields():
    html = str(EveryKind())
    assert html.count('class="field"') == 9


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "409", "500"])
def test_every_error_page_can_be_shown_without_a_request(code):
    html = get_template(f"{code}.html").render({})
    assert "<h1>" in html
    assert 'lang="fr"' in html


def test_a_refusal_page_gives_its_reason():
    assert "L&#x27;appel est clos." in get_template("409.html").render({"reason": "L'appel est clos."})


def test_the_frame_shows_the_person_the_sections_and_the_demonstration_banner(rf):
    request = rf.get("/")
    request.user = SimpleNamespace(is_authenticated=True, full_name="Claire Martin")
    navigation = [SimpleNamespace(label="Dossiers", url="/dossiers/", is_current=True)]
    html = get_template("ui/base.html").render(
        {"request": request, "navigation": navigation, "demonstration": True}
    )
    assert "Claire Martin" in html
    assert '<a href="/dossiers/" aria-current="true">Dossiers</a>' in html
    assert "toutes les données de campagne sont fictives" in html
    assert "style=" not in html
    assert "onclick" not in html


def test_every_component_is_shown_on_one_page_anyone_may_read(rf):
    request = rf.get("/composants/")
    request.user = SimpleNamespace(is_authenticated=False)
    html = components(request).content.decode()
    for brick in (
        "badge-danger",
        "alert-warning",
        "refused-reason",
        "table-region",
        "steps",
        "gauge",
        "pagination",
        "empty",
    ):
        assert f"{brick}" in html
    assert components.login_required is False
