"""The widgets drawn in Python are, those of Django's templates, save for empty lines."""

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting

from faubourg.toolkit.forms_renderer import _DRAWN, Renderer

NASTY = "L'« été » <b>&amp;</b> \""
ATTRS = {"id": "id_x", "class": "form-control", "disabled": True, "hidden": False, "data-x": NASTY, "min": 0}
GROUPS = [("", "Tous"), (3, NASTY), ("Groupe <1>", [("a", "A"), ("b", "B")]), (None, "Aucun")]
WIDGETS = (
    forms.TextInput(), forms.NumberInput(), forms.EmailInput(), forms.TelInput(), forms.HiddenInput(),
    forms.DateInput(), forms.DateTimeInput(), forms.TimeInput(), forms.CheckboxInput(),
    forms.Select(choices=GROUPS), forms.NullBooleanSelect(),
)  # fmt: skip


@pytest.mark.parametrize("value", [None, "", "a", "3", 12, True, NASTY], ids=repr)
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_a_drawn_widget_is_django_s(widget, value):
    assert widget.template_name in _DRAWN

    drawn = widget.render(NASTY, value, ATTRS, Renderer())

    theirs = widget.render(NASTY, value, ATTRS, TemplatesSetting())
    assert drawn.splitlines() == [line for line in theirs.splitlines() if line]
    assert hasattr(drawn, "__html__")
