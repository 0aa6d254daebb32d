"""Fields that know their own key: euros, SIRET, RNA, IBAN. Every refusal is a French sentence."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from stdnum import iban as iban_number
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import siret as siret_number

from faubourg.toolkit.money import format_euros, parse_euros

if TYPE_CHECKING:  # the stubs are generic, Django's own classes are not
    CharField = models.CharField[Any, Any]
    DecimalField = models.DecimalField[Any, Any]
    ModelMultipleChoiceField = forms.ModelMultipleChoiceField[Any]
else:
    CharField, DecimalField = models.CharField, models.DecimalField
    ModelMultipleChoiceField = forms.ModelMultipleChoiceField

_RNA = re.compile(r"W\d[\dA-Z]\d{7}", re.ASCII)
LONGEST_TEXT = 20_000
"""Signs of an answer of several lines: some eight pages."""
_LONGEST_KEY = 18
"""Digits of the greatest number that both databases can hold, minus one."""


def read_key(text: str | None) -> int | None:
    """The key or the count that an address or a form carries; None when it is not a number one can store."""
    is_number = text and text.isascii() and text.isdigit() and len(text) <= _LONGEST_KEY
    return int(text) if text and is_number else None


def in_our_times(day: date) -> None:
    """A day or a moment of this century: the first and the last ones of all fit no other time zone."""
    if not 2000 <= day.year <= 2100:
        raise ValidationError("Écrivez une date entre 2000 et 2100.")


def clean_siret(value: str) -> str:
    """14 digits whose key is right (Luhn; La Poste has its own rule). Raises ValidationError."""
    digits = re.sub(r"[\s.\u00a0\u202f-]", "", value)
    if not re.fullmatch(r"\d{14}", digits, re.ASCII):
        raise ValidationError("Un SIRET a 14 chiffres.")
    try:
        return str(siret_number.validate(digits))
    except InvalidChecksum:
        raise ValidationError(
            "Ce SIRET est faux : sa clé ne correspond pas. Vérifiez chaque chiffre."
        ) from None
    except NumberError:
        raise ValidationError("Ce SIRET est faux. Vérifiez chaque chiffre.") from None


def clean_rna(value: str) -> str:
    """W then nine characters: an RNA has no key, only its shape can be checked. Raises ValidationError."""
    number = re.sub(r"[\s.\u00a0-]", "", value).upper()
    if not _RNA.fullmatch(number):
        raise ValidationError("Un numéro RNA s'écrit W suivi de neuf chiffres, par exemple W302001234.")
    return number


def clean_iban(value: str) -> str:
    """An IBAN whose key is right. Raises ValidationError."""
    try:
        return str(iban_number.validate(value.replace("\u00a0", " ")))
    except NumberError:
        raise ValidationError(
            "Cet IBAN est faux : sa clé ne correspond pas. Recopiez-le depuis votre RIB."
        ) from None


class EurosFormField(forms.CharField):
    """An amount typed as people do; empty is None, never 0."""

    def __init__(self, *, min_value: Decimal | int | None = 0, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        for ignored in ("max_digits", "decimal_places", "localize"):
            kwargs.pop(ignored, None)
        self.min_value = min_value
        super().__init__(**kwargs)
        self.validators = []  # those of text would measure a Decimal; `maxlength` stays on the input
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("class", "euros")

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        try:
            amount = parse_euros(str(value))
        except ValueError as problem:
            raise ValidationError(str(problem)) from None
        if self.min_value is not None and amount < self.min_value:
            raise ValidationError("Un montant ne peut pas être négatif.")
        if amount >= Decimal("10000000000"):
            raise ValidationError("Ce montant est trop grand : vérifiez le nombre de chiffres.")
        return amount

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return format_euros(value).removesuffix("€").strip()
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class ChosenField(ModelMultipleChoiceField):
    """Boxes to tick, one per row; a number that no database can hold is a row that does not exist."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if read_key(str(key)) is None:
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": key}
                )
        return super().clean(value)


class EurosField(DecimalField):
    """Euros and cents, never negative unless `signed`. Up to 9 999 999 999,99 €."""

    def __init__(self, *args: Any, signed: bool = False, **kwargs: Any) -> None:
        kwargs["max_digits"], kwargs["decimal_places"] = 12, 2
        self.signed = signed
        super().__init__(*args, **kwargs)
        if not signed:
            self.validators = [*self.validators, MinValueValidator(0)]

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_digits"], kwargs["decimal_places"]
        if self.signed:
            kwargs["signed"] = True
        return name, path, args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.setdefault("form_class", EurosFormField)
        return models.Field.formfield(self, min_value=None if self.signed else 0, **kwargs)


class SiretField(CharField):
    """SIRET, 14 digits, key checked; typed spaces are dropped."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 14
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        return clean_siret(value) if value else super().to_python(value)

    def formfield(self, **kwargs: Any) -> Any:
        field = super().formfield(**kwargs)
        field.max_length = None  # type: ignore[union-attr]  # people type spaces between groups
        return _relax(field)


class RnaField(CharField):
    """Numéro RNA: W and nine characters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        return clean_rna(value) if value else super().to_python(value)

    def formfield(self, **kwargs: Any) -> Any:
        return _relax(super().formfield(**kwargs))


class IbanField(CharField):
    """IBAN, key checked, stored without spaces."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 34
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        return clean_iban(value) if value else super().to_python(value)

    def formfield(self, **kwargs: Any) -> Any:
        return _relax(super().formfield(**kwargs))


def _relax(field: Any) -> Any:
    """Let people type spaces: the stored length is checked after cleaning, not while typing."""
    field.max_length = None
    field.widget.attrs.pop("maxlength", None)
    field.validators = [check for check in field.validators if type(check).__name__ != "MaxLengthValidator"]
    return field


class LongTextField(forms.CharField):
    """A text of several lines. Refused in words when too long: a browser told the limit would cut a paste."""

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea)
        super().__init__(max_length=max_length or LONGEST_TEXT, **kwargs)
        self.validators = [
            _not_too_long(check.limit_value) if isinstance(check, MaxLengthValidator) else check
            for check in self.validators
        ]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


def _not_too_long(limit: int) -> Callable[[str], None]:
    def check(text: str) -> None:
        if len(text) > limit:
            excess = len(text) - limit
            raise ValidationError(
                f"Ce texte est trop long de {excess} signe{'s' if excess > 1 else ''} : {limit} au plus. "
                "Raccourcissez-le, ou joignez-le en pièce."
            )

    return check
