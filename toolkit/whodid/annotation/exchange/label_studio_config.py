"""Label Studio's labelling configuration for events: what a coder sees, made from the codebook."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from whodid.codebook.model import Codebook
from whodid.events.record import DATE_BASES

_COLOURS = {"actor": "#1b6ca8", "action": "#7a5c00", "target": "#9c2f4f"}


def labelling_config(codebook: Codebook) -> str:
    """The XML for Settings > Labeling interface: spans, relations, and for each span its code and remarks."""
    return "\n".join(_lines(codebook)) + "\n"


def _lines(codebook: Codebook) -> Iterator[str]:
    yield "<View>"
    yield f"  <!-- Events coded with {codebook.label}. Mark words, then draw relations from the action to actor and target. -->"
    yield '  <Header value="$title" size="4"/>'
    yield '  <Labels name="span" toName="text">'
    for number, (role, colour) in enumerate(_COLOURS.items(), start=1):
        yield f'    <Label value="{role}" background="{colour}" hotkey="{number}"/>'
    yield "  </Labels>"
    yield '  <Relations><Relation value="actor"/><Relation value="target"/></Relations>'
    yield '  <Text name="text" value="$text"/>'
    yield _only_for("action")
    yield '    <Header value="What was done" size="5"/>'
    yield '    <Choices name="action" toName="text" perRegion="true" choice="single" layout="select" required="true">'
    for code, action in sorted(codebook.actions.items()):
        hint = " ".join(action.definition.split())
        yield f"      <Choice value={quoteattr(f'{code} {action.label}')} alias={quoteattr(code)} hint={quoteattr(hint)}/>"
    yield "    </Choices>"
    yield '    <Header value="On which day (empty: the day of publication), and where the day was read" size="5"/>'
    yield '    <DateTime name="date" toName="text" perRegion="true" only="date" format="%Y-%m-%d"/>'
    yield '    <Choices name="date_basis" toName="text" perRegion="true" choice="single" showInline="true">'
    for basis in DATE_BASES:
        yield f'      <Choice value="{basis}"/>'
    yield "    </Choices>"
    yield '    <Header value="How sure (0 to 1), and remarks" size="5"/>'
    yield '    <Number name="confidence" toName="text" perRegion="true" min="0" max="1" step="0.05"/>'
    yield '    <TextArea name="note" toName="text" perRegion="true" maxSubmissions="1"/>'
    yield "  </View>"
    for role in ("actor", "target"):
        yield _only_for(role)
        yield f'    <Header value="Code of the {role}, such as KORGOV" size="5"/>'
        yield f'    <TextArea name="{role}_code" toName="text" perRegion="true" required="true" maxSubmissions="1"/>'
        yield "  </View>"
    yield "</View>"


def _only_for(role: str) -> str:
    return f'  <View visibleWhen="region-selected" whenTagName="span" whenLabelValue="{role}">'
