"""How every form looks: Bootstrap classes, label in words, help, refusal beside its field (FORM_RENDERER)."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

_NATIVE: dict[type[forms.Widget], tuple[str, str]] = {
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.TimeInput: ("time", "%H:%M"),
}
_BOXES = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)
_GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class Field(forms.BoundField):
    """A form field that knows its Bootstrap class and its place in the page."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        native = _NATIVE.get(type(field.widget))
        if native:
            field.widget.input_type, field.widget.format = native

    @property
    def is_box(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_group(self) -> bool:
        return self.use_fieldset

    @property
    def is_amount(self) -> bool:
        return "euros" in self.field.widget.attrs.get("class", "").split()

    @property
    def example(self) -> str:
        """What one might answer, when the form says it (`example_of`)."""
        say = getattr(self.form, "example_of", None)
        return say(self.name) if say and not self.field.disabled else ""

    @property
    def aria_describedby(self) -> str | None:
        """The help and the refusal; before them, the help that the form shares between several fields."""
        say = getattr(self.form, "described_by", None)
        return " ".join(filter(None, [say(self.name) if say else "", super().aria_describedby])) or None

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Required is said in words and to screen readers; we refuse, in French, not the browser."""
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        if built.pop("required", False) and not isinstance(widget, (*_GROUPS, forms.FileInput)):
            built["aria-required"] = "true"
        if not widget.is_hidden and not isinstance(widget, forms.MultiWidget):
            own = (_css_class(widget), str(widget.attrs.get("class", "")), str(built.get("class", "")))
            built["class"] = " ".join(part for part in own if part)
        return built


class Renderer(TemplatesSetting):
    form_template_name = "ui/form/form.html"
    formset_template_name = "ui/form/formset.html"
    field_template_name = "ui/form/field.html"
    bound_field_class = Field

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Django goes through three templates for each `<input>`: a budget has eighty of them."""
        draw = _DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return mark_safe(  # noqa: S308  (each part is escaped)
        f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{value}{_attributes(widget)}>'
    )


def _select(widget: Mapping[str, Any]) -> SafeString:
    groups = "".join(_group(name, options) for name, options, _ in widget["optgroups"])
    return mark_safe(  # noqa: S308  (each part is escaped)
        f'<select name="{_text(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'
    )


def _group(name: str | None, options: list[Mapping[str, Any]]) -> str:
    rows = "".join(
        f'\n  <option value="{_text(option["value"])}"{_attributes(option)}>{_text(option["label"])}</option>'
        for option in options
    )
    return f'\n  <optgroup label="{_text(name)}">{rows}\n  </optgroup>' if name else rows


def _attributes(widget: Mapping[str, Any]) -> str:
    """True is an attribute alone, False no attribute."""
    return "".join(_attribute(*pair) for pair in widget["attrs"].items() if pair[1] is not False)


def _attribute(name: str, value: object) -> str:
    return f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"'


def _text(value: object) -> str:
    return conditional_escape(str(value))


_DRAWN: Mapping[str, Callable[[Mapping[str, Any]], SafeString]] = {
    **{
        f"django/forms/widgets/{kind}.html": _input
        for kind in ("text", "number", "email", "tel", "hidden", "date", "datetime", "time", "checkbox")
    },
    "django/forms/widgets/select.html": _select,
}
"""The widgets drawn here, as Django's templates draw them (tests/toolkit compares)."""


def _css_class(widget: forms.Widget) -> str:
    if isinstance(widget, _BOXES):
        return "form-check-input"
    if isinstance(widget, forms.Select | forms.SelectMultiple):
        return "form-select"
    return "form-control"
