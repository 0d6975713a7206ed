"""What a step of the migrations is made of."""

from sqlalchemy import Connection, text


def run(connection: Connection, *statements: str) -> None:
    """Execute statements one after the other, within the caller's transaction."""
    for statement in statements:
        connection.execute(text(statement))
