"""Coding sheets: articles out to a spreadsheet, one row a sentence, and what coders wrote in it back as rows."""
