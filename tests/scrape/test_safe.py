"""What a run keeps away from: private networks, wrong certificates, what is too large or slow."""

import datetime as dt
import ipaddress
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from cleaner.scrape.addresses import PublicResolver
from tests.scrape.served import Site, bomb

PRIVATE = "is an address of a private network"


def test_a_name_with_a_private_address_beside_a_public_one_leads_to_the_public_one():
    began = []
    heard = []
    receiver = SimpleNamespace(
        resolutionBegan=began.append,
        addressResolved=lambda address: heard.append(address.host),
        resolutionComplete=lambda: heard.append("done"),
    )

    def resolve(public, *_):
        public.resolutionBegan(None)
        for host in ("10.0.0.1", "1.1.1.1", "::1"):
            public.addressResolved(SimpleNamespace(host=host))
        public.resolutionComplete()

    resolver = PublicResolver(SimpleNamespace(resolveHostName=resolve))
    resolver.resolveHostName(receiver, "two.example")
    assert (began, heard) == ([None], ["1.1.1.1", "done"])
    assert "two.example" in resolver.refused


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "2130706433", "0x7f.1"])
def test_this_machine_is_not_connected_to_by_whatever_name(run, name):
    with Site(3) as site:
        url = f"http://{name}:{site.port}/page/1.html"
        done = run("fetch", url, "-o", "a.warc.gz", "--delay", "0")
        assert done.code == 1
        assert PRIVATE in done.err
        assert not site.log


def test_no_redirect_leads_into_a_private_network(run):
    setup = "import cleaner.scrape.addresses as a; a.is_public = lambda at: at == '127.0.0.2'"
    with Site(3) as inside, Site(3, address="127.0.0.2") as outside:
        outside.port = inside.port
        options = ("-o", "a.warc.gz", "--delay", "0")
        done = run("fetch", f"{outside.url}/inside", *options, setup=setup)
        assert done.code == 1
        assert f"127.0.0.1 {PRIVATE}" in done.err
        assert outside.asked("/inside") == 1
        assert not inside.log


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "file:///etc/passwd", "javascript:1", "a"])
def test_only_http_is_fetched(run, url):
    done = run("fetch", url, "-o", "a.warc.gz")
    assert (done.code, done.err) == (2, f"cleaner: {url} is not an address of http or https\n")


def certificate(path, *, address):
    """Write a certificate for an address, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    today = dt.datetime.now(dt.UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(key.private_bytes(pem, *form) + made.public_bytes(pem))
    return path


def test_a_certificate_that_is_trusted_is_taken(fetch, tmp_path):
    pem = certificate(tmp_path / "a.pem", address="127.0.0.1")
    with Site(3, certificate=pem) as site:
        done = fetch(f"{site.url}/page/1.html", "-o", "a.warc.gz", env={"SSL_CERT_FILE": str(pem)})
        assert done.code == 0, done.err
        assert site.asked("/page/1.html") == 1


@pytest.mark.parametrize(("address", "trusted"), [("127.0.0.1", False), ("127.0.0.9", True)])
def test_a_certificate_that_is_wrong_is_not_taken(fetch, tmp_path, address, trusted):
    pem = certificate(tmp_path / "a.pem", address=address)
    env = {"SSL_CERT_FILE": str(pem) if trusted else ""}
    with Site(3, certificate=pem) as site:
        done = fetch(f"{site.url}/page/1.html", "-o", "a.warc.gz", env=env)
        assert done.code == 1
        assert "the secure connection failed: " in done.err
        assert not site.log


def test_limits_are_kept(fetch):
    bomb()  # made now, so that the server answers at once
    with Site(3) as site:
        done = fetch(
            *(f"{site.url}{path}" for path in ("/big", "/slow", "/far/1", "/bomb")),
            *("-o", "a.warc.gz", "--max-size", "1", "--timeout", "4", "--max-redirects", "2"),
            *("--retries", "0"),
        )
        notes = {
            url.removeprefix(site.url): event["note"]
            for url, event in done.events.items()
            if event["state"] in ("failed", "refused")
        }
    assert done.code == 1
    assert notes == {
        "/big": "larger than allowed",
        "/slow": "no answer in time",
        "/far/3": "too many redirects",
        "/bomb": "larger than allowed when unpacked",
    }


@pytest.mark.parametrize(
    ("options", "sent"), [((), [None, None]), (("--cookies",), [None, "taste=good"])]
)
def test_cookies_are_sent_only_if_asked_for(fetch, options, sent):
    with Site(3) as site:
        urls = (f"{site.url}/cookie?{number}" for number in (1, 2))
        fetch(*urls, "-o", "a.warc.gz", *options)
        got = [entry.headers.get("Cookie") for entry in site.log if "cookie" in entry.path]
    assert got == sent
