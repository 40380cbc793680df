"""Hand coding: the store of codings, the notebook widget, and adjudication."""
