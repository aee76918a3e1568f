"""The schema's history, one file a change; read by `storage.schema`."""
