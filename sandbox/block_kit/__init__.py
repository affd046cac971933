"""Block Kit as Slack takes it: tables of blocks and elements with their limits, read by checks."""
