"""Web: what people look at: the report (static pages) and the service."""
