"""What the first tab of a coding sheet tells its coder."""

from __future__ import annotations

INSTRUCTIONS: tuple[tuple[str, str], ...] = (
    ("How to code", ""),
    (
        "One row, one sentence",
        "Work in the tab 'coding', from top to bottom. Grey cells are locked; the yellow ones are yours. An event is one "
        "actor doing one thing to one target on one day, as this sentence reports it.",
    ),
    (
        "Words",
        "actor_text, action_text and target_text are the words of the sentence, copied as they stand, each in one piece. If "
        "they occur twice in the sentence, say which: Russia #2 is the second Russia.",
    ),
    (
        "Codes",
        "Choose action, actor and target from their lists, or type the code. The tab 'codebook' says when to use which "
        "action and when not. Actors that no list has are composed of three-letter groups: a country, then roles (KORGOV is "
        "the government of South Korea). The tab 'actors' has the groups.",
    ),
    (
        "Date",
        "The day on which it happened, as a date or as 2024-06-21. Leave it empty if the sentence does not say: it is then "
        "the day of publication. date_basis may say that the day stood in the dateline.",
    ),
    ("No event", "If the sentence reports no event, choose 'no event' in status. An empty row means: not read yet."),
    (
        "Two events or more",
        "Put the second and any further event of a sentence into the tab 'more events': type the number of the row, and its "
        "sentence appears.",
    ),
    (
        "Confidence, note",
        "confidence goes from 0 to 1. note is for whoever reads your rows later. Both may stay empty.",
    ),
    (
        "The column machine",
        "If it is there, it shows what the automatic coder made of the sentence: codes, words and day. It is often wrong. "
        "Nothing of it counts unless you write it into the yellow cells.",
    ),
    (
        "When you are done",
        "Save as .xlsx and send it back. Do not rename tabs or columns. `whodid sheet read` reports every cell that it "
        "cannot take, with the fix; your good rows are kept.",
    ),
)
