"""The listener is open to nobody by mistake: addresses, certificates, settings that are wrong."""

import ipaddress
import ssl
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from imparts.gateway.hl7v2.listener import Peer
from imparts.gateway.hl7v2.listening import read_listening
from imparts.gateway.hl7v2.who_may_connect import WronglySet, is_among, read_networks, tls_from
from tests.gateway.hl7v2.lines import AT, Line, RunningListener, a_message, said, taken


class Authority:
    """An invented authority that signs certificates."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self._signed(name, self._key, is_authority=True)
        self.file = self._write(f"{name}.pem", self.certificate)

    def signs(self, name: str) -> tuple[str, str, str]:
        """The files of a certificate and its key, and the certificate's SHA-256."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = self._signed(name, key, is_authority=False)
        key_file = self._folder / f"{name}.key"
        key_file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        fingerprint = sha256(made.public_bytes(serialization.Encoding.DER)).hexdigest()
        return self._write(f"{name}.pem", made), str(key_file), fingerprint

    def _signed(
        self, name: str, key: ec.EllipticCurvePrivateKey, *, is_authority: bool
    ) -> x509.Certificate:
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        issuer = subject if is_authority else self.certificate.subject
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(AT - timedelta(days=3650))
            .not_valid_after(AT + timedelta(days=3650))
            .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
            .add_extension(
                x509.SubjectAlternativeName(
                    [
                        x509.DNSName("localhost"),
                        x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
                    ]
                ),
                critical=False,
            )
            .sign(self._key, hashes.SHA256())
        )

    def _write(self, name: str, certificate: x509.Certificate) -> str:
        file = self._folder / name
        file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        return str(file)


@pytest.fixture
def hospital(tmp_path: Path) -> Authority:
    return Authority(tmp_path, "hospital")


@pytest.fixture
def over_tls(hospital: Authority) -> Iterator[tuple[RunningListener, list[Peer]]]:
    certificate, key, _ = hospital.signs("listener")
    peers: list[Peer] = []

    def remember(raw: bytes, peer: Peer) -> list[bytes]:
        peers.append(peer)
        return taken(raw, peer)

    tls = tls_from(certificate=certificate, key=key, client_authority=hospital.file)
    listener = RunningListener(tls=tls, answer=remember)
    yield listener, peers
    listener.stop()


def _as_client(authority: Authority, files: tuple[str, str] | None) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=authority.file)
    if files:
        context.load_cert_chain(*files)
    return context


def _asked_over(port: int, tls: ssl.SSLContext) -> None:
    with Line(port, tls=tls) as line:
        line.ask(a_message("1"))


def test_a_client_with_a_certificate_is_answered_and_known_by_it(
    over_tls: tuple[RunningListener, list[Peer]], hospital: Authority
) -> None:
    listener, peers = over_tls
    certificate, key, fingerprint = hospital.signs("pas")
    with listener.line(tls=_as_client(hospital, (certificate, key))) as line:
        assert said(line.ask(a_message("1"))) == ("AA", "1")
        assert said(line.ask(a_message("2"))) == ("AA", "2")
    assert peers[0] == Peer("127.0.0.1", fingerprint)


def test_a_client_without_a_certificate_or_with_a_strangers_is_not_answered(
    over_tls: tuple[RunningListener, list[Peer]], hospital: Authority, tmp_path: Path
) -> None:
    listener, peers = over_tls
    stranger = Authority(tmp_path, "stranger").signs("pretender")[:2]
    for files in (None, stranger):
        with pytest.raises((ssl.SSLError, ConnectionError)):
            _asked_over(listener.port, _as_client(hospital, files))
    with listener.line() as plain, pytest.raises(ConnectionError):
        plain.ask(a_message("1"))
    assert peers == []


def test_without_addresses_or_certificates_it_listens_to_this_machine_alone() -> None:
    for host in ("127.0.0.1", "[::1]", "localhost"):
        assert read_listening({"IMPARTS_LISTEN_MLLP": f"{host}:2575"}).port == 2575
    for host in ("0.0.0.0", "10.1.2.3", "[::]", "imparts.example.nhs.uk"):
        with pytest.raises(WronglySet, match="IMPARTS_LISTEN_ALLOWED"):
            read_listening({"IMPARTS_LISTEN_MLLP": f"{host}:2575"})
    named = {"IMPARTS_LISTEN_MLLP": "0.0.0.0:2575", "IMPARTS_LISTEN_ALLOWED": "10.1.2.0/24"}
    assert read_listening(named).allowed == read_networks("10.1.2.0/24", setting="X")


def test_a_certificate_of_its_own_alone_opens_it_to_nobody(hospital: Authority) -> None:
    certificate, key, _ = hospital.signs("listener")
    only_ours = {
        "IMPARTS_LISTEN_MLLP": "0.0.0.0:2575",
        "IMPARTS_LISTEN_TLS_CERT": certificate,
        "IMPARTS_LISTEN_TLS_KEY": key,
    }
    with pytest.raises(WronglySet, match="CLIENT_CA"):
        read_listening(only_ours)
    with_clients = {**only_ours, "IMPARTS_LISTEN_TLS_CLIENT_CA": hospital.file}
    tls = read_listening(with_clients).tls
    assert tls is not None
    assert tls.verify_mode is ssl.CERT_REQUIRED
    assert tls.minimum_version is ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"IMPARTS_LISTEN_MLLP": "2575"}, "must look like"),
        ({"IMPARTS_LISTEN_MLLP": "127.0.0.1:0"}, "must look like"),
        ({"IMPARTS_LISTEN_MLLP": "127.0.0.1:x"}, "must look like"),
        ({"IMPARTS_LISTEN_MLLP": "127.0.0.1:70000"}, "must look like"),
        ({"IMPARTS_LISTEN_ALLOWED": "everyone"}, "with commas"),
        ({"IMPARTS_LISTEN_ALLOWED": "10.1.2.3/24"}, "with commas"),
        ({"IMPARTS_LISTEN_TLS_KEY": "x"}, "TLS_CERT is not set"),
        ({"IMPARTS_LISTEN_TLS_CERT": "nowhere.pem"}, "not there: nowhere.pem"),
        ({"IMPARTS_LISTEN_TLS_CERT": "pyproject.toml"}, "cannot be used together"),
    ],
)
def test_a_wrong_setting_is_said_in_a_sentence(settings: dict[str, str], words: str) -> None:
    with pytest.raises(WronglySet, match=words):
        read_listening(settings)


def test_addresses_are_compared_as_networks() -> None:
    allowed = read_networks(" 10.1.2.0/24, 2001:db8::/32 ,10.9.9.9", setting="X")
    for address in ("10.1.2.200", "::ffff:10.1.2.1", "2001:db8::7", "10.9.9.9", "2001:db8::1%eth0"):
        assert is_among(address, allowed), address
    for address in ("10.1.3.1", "10.9.9.8", "::1", "", "not an address"):
        assert not is_among(address, allowed), address
    assert is_among("203.0.113.9", ())
