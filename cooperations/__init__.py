"""Economic cooperation in the social and solidarity economy: records, territories, criteria, counts, map."""
