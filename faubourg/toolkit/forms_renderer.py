"""How every form looks: Bootstrap classes, label in words, help, refusal beside its field (FORM_RENDERER)."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

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


def _css_class(widget: forms.Widget) -> str:
    if isinstance(widget, _BOXES):
        return "form-check-input"
    if isinstance(widget, forms.Select | forms.SelectMultiple):
        return "form-select"
    return "form-control"
