"""Roll calls: "are you safe?", asked of many at once."""
