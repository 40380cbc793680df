"""Events of the field's other datasets, read into our table: GDELT, ICEWS, Phoenix, POLECAT, KEDS."""
