"""Forms: form-js schemas, read once and checked, that turn what somebody typed into typed variables.

Supported components: textfield, textarea, number, datetime (subtype date), select, radio, checkbox, checklist,
filepicker, text, group, separator, spacer; a button is skipped, since the page brings its own. Ours, kept under a
component's `properties`: `labelEn`, `descriptionEn`, `textEn`, `requiredWhen` (expression), `default` (expression),
`fresh` (true: an earlier value is not offered again, as for a decision). `conditional.hide`, `requiredWhen`,
`default` and `{{…}}` in a text are expressions of ours, where a variable that is not set counts as None.
"""

from __future__ import annotations

from bpmn.forms.fields import Field, Option
from bpmn.forms.filling import filled
from bpmn.forms.form import Form
from bpmn.forms.reading import SUPPORTED, read_form
from bpmn.forms.standing import as_it_stands

__all__ = ["SUPPORTED", "Field", "Form", "Option", "as_it_stands", "filled", "read_form"]
