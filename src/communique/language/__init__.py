"""Document to sentences with mentions: who, when, how much, which equipment."""
