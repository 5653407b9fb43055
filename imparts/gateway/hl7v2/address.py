"""Address: a host and a port where messages are taken, as a setting or a person writes them."""

from dataclasses import dataclass

RECORD = "IMPARTS_RECORD_MLLP must look like record.example.nhs.uk:2575"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a listener is."""

    host: str
    port: int

    @classmethod
    def named(cls, text: str, *, wrong: str = RECORD) -> "Address":
        """Read host:port; ValueError says how it should look, in the words of `wrong`."""
        host, _, port = text.rpartition(":")
        if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
            raise ValueError(wrong)
        return cls(host.strip("[]"), int(port))

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"
