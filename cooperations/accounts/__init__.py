"""Who may do what: roles and rights, accounts, invitations, sessions."""
