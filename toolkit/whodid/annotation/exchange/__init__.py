"""Files of other annotation tools, in and out: Label Studio, doccano, brat."""
