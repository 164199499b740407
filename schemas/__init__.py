"""Schemas: what a plan is. The one place where the output contract is defined; imports pydantic only."""
