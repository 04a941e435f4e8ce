"""The register that cannot be quietly rewritten: a chain of entries, its audit, the days' heads, the fence."""
