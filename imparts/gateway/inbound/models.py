"""Messages from the hospital record, and who may send them."""
