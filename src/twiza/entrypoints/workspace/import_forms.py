"""What a page asks of whoever imports a register. Validates, never saves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.directory.services.uploads.steps import ColumnChoices
from twiza.entrypoints.workspace.import_fields import ENCODINGS, FIELD_GROUPS, LICENCES, SEPARATORS, FieldGroups
from twiza.kit.clock import today
from twiza.kit.folding import fold_words

NOT_READ: tuple[str, Any] = ("", _("Do not read this column"))
VISIBILITIES = (
    ("partners", _("Partners only")),
    ("public", _("Everybody: this register publishes them")),
    ("private", _("Nobody outside")),
)


class UploadForm(forms.Form):
    """The file. What is in it is looked at by the service."""

    file = forms.FileField(
        label=_("The register, as a CSV or Excel (XLSX) file"),
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )


class WrittenForm(forms.Form):
    """How a text file is written, when we guessed it wrongly."""

    encoding = forms.ChoiceField(label=_("Letters are written as"), choices=ENCODINGS)
    separator = forms.ChoiceField(label=_("Cells are separated by"), choices=SEPARATORS)


def written_form(told: dict[str, Any]) -> WrittenForm | None:
    """What we guessed, among what one may choose; none for a workbook, which says by itself how it is written."""
    if not told.get("separator"):
        return None
    encoding = str(told.get("encoding", ""))
    shown = encoding if encoding.startswith("cp") else encoding[:6].replace("utf-8", "utf-8-sig")
    return WrittenForm(initial={"encoding": shown, "separator": told["separator"]})


class ColumnQuestions(forms.Form):
    """For each column of a file what it holds, among the fields of `groups`."""

    groups: ClassVar[FieldGroups] = ()
    map_name = forms.CharField(
        label=_("Remember these choices as"),
        max_length=80,
        required=False,
        help_text=_("The next file with the same headings finds them again."),
    )

    def __init__(self, headings: list[dict[str, Any]], data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.headings = headings
        choices = [NOT_READ, *((group, list(fields.items())) for group, fields in self.groups)]
        for one in self._asked():
            self.fields[_name(one)] = forms.ChoiceField(label=one["heading"], required=False, choices=choices)

    def columns(self) -> Iterator[tuple[dict[str, Any], Any]]:
        """Each column of the file with its question; a column whose heading was there before has none."""
        for one in self.headings:
            yield one, self[_name(one)] if _name(one) in self.fields else None

    @property
    def said_of_columns(self) -> dict[int, str]:
        """By a column's place the field it holds. Ask of a valid form."""
        return {one["place"]: self.cleaned_data[_name(one)] for one in self._asked()}

    @property
    def said_map_name(self) -> str:
        """The name under which the choices are kept; nothing when they are not. Ask of a valid form."""
        return " ".join(self.cleaned_data["map_name"].split())

    def _asked(self) -> list[dict[str, Any]]:
        """Two columns under one heading mean the same: the first is asked about."""
        return list({fold_words(one["heading"]): one for one in reversed(self.headings)}.values())[::-1]


def columns_taken_for(headings: list[dict[str, Any]], columns: dict[str, str] | None) -> dict[str, str]:
    """What each question begins with: what was chosen for this file, else what we take its columns for."""
    return {_name(one): one["guess"] if columns is None else columns.get(fold_words(one["heading"]), "") for one in headings}


class ColumnsForm(ColumnQuestions):
    """For each column what it holds; and where the register comes from."""

    groups = FIELD_GROUPS
    source = forms.CharField(
        label=_("Who keeps this register?"),
        max_length=120,
        help_text=_("For instance “ODCO, register of 2025”. It is shown beside what we take from it."),
    )
    as_of = forms.DateField(
        label=_("On which day was it true?"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    licence = forms.ChoiceField(
        label=_("Under which licence?"), required=False, choices=LICENCES, help_text=_("What others may do with this data.")
    )
    contacts_are = forms.ChoiceField(
        label=_("Who may see the telephones and e-mails?"), choices=VISIBILITIES, widget=forms.RadioSelect
    )

    def clean_as_of(self) -> Any:
        day = self.cleaned_data["as_of"]
        if day and day > today():
            raise forms.ValidationError(_("This date is still to come."))
        return day

    def choices(self) -> ColumnChoices:
        said = self.cleaned_data
        return ColumnChoices(
            fields=self.said_of_columns,
            source=said["source"],
            licence=said["licence"],
            as_of=said["as_of"],
            contacts_are=said["contacts_are"],
            map_name=self.said_map_name,
        )


def _name(one: dict[str, Any]) -> str:
    return f"column_{one['place']}"
