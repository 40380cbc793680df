"""The forms that other annotation tools read and write."""

from __future__ import annotations

from whodid.errors import UsageError

FORMS = ("label-studio", "doccano", "brat")


def check_form(form: str) -> str:
    """The name of a form as given. Raises UsageError if there is no such form."""
    if form not in FORMS:
        fix = f"Give one of {', '.join(FORMS[:-1])} and {FORMS[-1]}."
        raise UsageError(f"{form!r} is no format of an annotation tool.", fix=fix, value=form, rule="bad-format")
    return form
