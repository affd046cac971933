"""The log: events, ids and states of ours; of the libraries no more than that something failed.

Bolt and others write payloads, answers and addresses with tickets in them, and Bolt sets the levels
of its loggers anew for each app: what may be written is decided where it is written.
"""

import logging

# What these write is ours to answer for; dotenv names the faulty line's number alone.
OPEN = ("bot", "handlers", "storage", "sandbox", "dotenv")
FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


class NoWords(logging.Filter):
    """Lets our own records pass; of a library's failure it leaves the kind and the place."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written at all."""
        if record.name.split(".")[0] in OPEN:
            return True
        error = record.exc_info[1] if record.exc_info else None
        kind = type(error).__name__ if error else "?"
        at = place_of(error) if error else f"{record.filename}:{record.lineno}"
        record.msg, record.args = "library_failed kind=%s at=%s", (kind, at)
        record.exc_info = record.exc_text = record.stack_info = None
        return record.levelno >= logging.ERROR


def set_up(level: str) -> None:
    """Write the log to standard error, from `level` on."""
    root = logging.getLogger()
    root.setLevel(level)
    if not root.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter(FORMAT))
        handler.addFilter(NoWords())
        root.addHandler(handler)


def place_of(error: BaseException) -> str:
    """File and line of where it was raised; a traceback may quote what people typed."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None:
        return "?"
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
