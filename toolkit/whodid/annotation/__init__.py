"""Hand coding: sheets, the notebook widget, other tools' files, adjudication."""
