"""What the two of a pair see of their check-ins."""

PLAN = "checkin.plan"
