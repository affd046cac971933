"""What people see of notes: the cards of its two authors, the forms, and what others read."""
