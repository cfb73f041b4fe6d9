"""What is published feature by feature: practices, structures, territories, events, as GeoJSON (RFC 7946)."""
