"""The JSON Schema of the session file, for editors and for validators that are not ours."""

from typing import Any

from promote_tui.session.model import VERSION, Session

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def session_schema() -> dict[str, Any]:
    """Return the JSON Schema of a session file as plain values, always in the same order.

    It holds the shape and the values allowed; that ids are unique and ties lead somewhere is for
    ``promote check``.
    """
    schema = Session.model_json_schema(by_alias=True)
    opening = {
        "$schema": _DIALECT,
        "title": "PROMOTE session",
        "description": f"One PROMOTE session, format version {VERSION}: what its TOML file may hold.",
    }
    return {**opening, **{key: value for key, value in schema.items() if key not in opening}}
