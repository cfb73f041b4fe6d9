"""What people propose, what moderators decide about it, and what changes of the published records because of it."""
