"""What a person sees of a consult: cards in conversations, and forms."""
