"""The automatic coder: from the text of an article to its rows. Where to look for what:

- text and parse: `plain_text`, `parse`, `parsed`, `morphology`, `embedding`
- known names: `gazetteer`, `spelling`, `cities`, `provinces`, `given_names`
- who somebody is: `actors`, which asks `actor_names`, `actor_roles`, `actor_owners`, `actor_parts`, `actor_things` and
  `actor_states`; `phrases`, `memory`, `composed_codes`
- what is done: `patterns`, `actions`, `composition`, `modality`
- who does it to whom, in the grammar: `clauses`, `participants`, `acting`, `affected`, `receiving`
- when: `dates`, `date_rules`, `date_readers`, `date_arithmetic`, `date_words`, `dateline`, `when`
- from these to rows: `reader`, `sides`, `pairs`, `where`, `spans`; what comes of it: `reading`, `codings`, `unknown`
- why: `explanation`, `explain`, `explain_html`, `explain_json`, `explain_spans`
- which code, by odds: `decide`, `choice`, `relation`, `suggest`, `features`, `linear`, `encoder`
- learning and checking: `training`, `fit`, `train`, `example_check`, `variety`
- many articles: `code`, `stream`, `journal`, `workers`, `versions`
- what is kept between runs: `parse_cache`, `reading_cache`, `facts`, `shards`
"""
