"""Pages of trust IT: the connections, one result traced, what was refused, what came."""
