"""From a list that somebody gives to offers that can be kept: reading, placing, judging each row."""
