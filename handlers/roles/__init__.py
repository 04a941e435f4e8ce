"""The administrators' desk of roles: who holds which, giving and revoking them, deputies."""
