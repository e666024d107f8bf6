import gzip
import io
import subprocess
import sys
import zipfile
import zlib

import brotli
import pytest
import zstandard
from fastwarc.warc import WarcRecord, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from cleaner.sources import SourceError, SourceOptions, open_items

PAGE = "<!doctype html><title>t</title><p>Blåbær i en setning.</p>".encode()
HTML = "text/html; charset=utf-8"


def record(body=PAGE, url="http://example.org/a", kind="response", *, status="200 OK", **headers):
    """Return what `archive` makes a record of."""
    headers = {"content_type": HTML, **headers}
    named = [(name.replace("_", "-").title(), value) for name, value in headers.items() if value]
    return url, kind, body, status, named


def archive(*records, packed=True):
    """Return a WARC file, and where its records begin."""
    out, starts = io.BytesIO(), []
    writer = WARCWriter(out, gzip=packed)
    for url, kind, body, status, headers in records:
        starts.append(out.tell())
        http = kind in ("response", "revisit", "request")
        line = StatusAndHeaders(status, headers, protocol="HTTP/1.1") if http else None
        content_type = None if http else dict(headers)["Content-Type"]
        made = writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            http_headers=line,
            warc_content_type=content_type,
            warc_headers_dict={"WARC-Date": "2026-01-02T03:04:05Z"},
        )
        writer.write_record(made)
    return out.getvalue(), starts


def read(tmp_path, data, name="crawl.warc.gz", **options):
    """Return the items of a file: name → page, or the reason that there is none."""
    path = tmp_path / name
    path.write_bytes(data)
    found = {}
    for item in open_items([str(path)], SourceOptions(**options)):
        assert item.name not in found
        try:
            found[item.name.removeprefix(f"{name}/")] = item.skip or item.load()
        except SourceError as error:
            found[item.name.removeprefix(f"{name}/")] = f"failed: {error}"
    return found


def only(tmp_path, made):
    (found,) = read(tmp_path, archive(made)[0]).values()
    return found


@pytest.mark.parametrize("packed", [True, False])
def test_a_response_is_a_page_with_its_address_and_charset(tmp_path, packed):
    data, _ = archive(record(), packed=packed)
    (item,) = open_items([_write(tmp_path, data)])
    page = item.load()
    assert (page.data, page.url, page.charset, page.media) == (
        PAGE,
        "http://example.org/a",
        "utf-8",
        "html",
    )
    assert item.name == "crawl/000001-example.org-a"
    assert item.label.endswith("crawl: http://example.org/a")
    assert (item.captured, item.size) == ("2026-01-02T03:04:05Z", len(PAGE))


def _write(tmp_path, data):
    path = tmp_path / "crawl"
    path.write_bytes(data)
    return str(path)


def chunked(body):
    parts = (body[at : at + 20] for at in range(0, len(body), 20))
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def deflated(body):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("pack", "headers"),
    [
        (chunked, {"transfer_encoding": "chunked"}),
        (gzip.compress, {"content_encoding": "gzip"}),
        (gzip.compress, {"content_encoding": "x-gzip"}),
        (zlib.compress, {"content_encoding": "deflate"}),
        (deflated, {"content_encoding": "deflate"}),
        (lambda body: gzip.compress(body) + b"\n<!-- stray -->", {"content_encoding": "gzip"}),
        (lambda body: zlib.compress(body) + b"\n<!-- stray -->", {"content_encoding": "deflate"}),
        (brotli.compress, {"content_encoding": "br"}),
        (zstandard.compress, {"content_encoding": "zstd"}),
        (
            lambda body: chunked(gzip.compress(body)),
            {"transfer_encoding": "chunked", "content_encoding": "gzip"},
        ),
        (bytes, {"content_encoding": "gzip"}),
        (bytes, {"content_encoding": "br"}),
        (bytes, {"content_encoding": "no-such-coding"}),
        (bytes, {"transfer_encoding": "chunked"}),
    ],
)
def test_a_coded_body_is_decoded_also_when_the_header_is_wrong(tmp_path, pack, headers):
    assert only(tmp_path, record(pack(PAGE), **headers)).data == PAGE


def test_a_chunked_body_that_is_cut_short_keeps_what_came(tmp_path):
    page = only(tmp_path, record(chunked(PAGE * 5)[:150], transfer_encoding="chunked"))
    assert page.data.startswith(PAGE[:60])


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (record(b"\x89PNG", content_type="image/png"), "image/png, not a page"),
        (record(b"body {}", content_type="text/css"), "text/css, not a page"),
        (record(b"\x89PNG\r\n\x1a\n\0\0\0"), "PNG image, not a page"),
        (record(b"", status="301 Moved", location="/b"), "redirect 301"),
        (record(b"<p>Gone", status="404 Not Found"), "status 404"),
        (record(b"text", content_type=""), "untold media type, not a page"),
        (record(b"", kind="revisit"), "revisit record: the page is that of an earlier record"),
        (
            record(b"log", "metadata://gnu.org/wget", "resource", content_type="text/plain"),
            "metadata://gnu.org/wget is no address of a page",
        ),
        (
            record(b"User-agent: *", "https://example.org/robots.txt", content_type="text/plain"),
            "robots.txt, not a page",
        ),
    ],
)
def test_what_is_no_page_says_why(tmp_path, made, reason):
    assert only(tmp_path, made) == reason


@pytest.mark.parametrize(
    ("made", "media"),
    [
        (record(b"A text.", content_type="text/plain"), "text"),
        (record(PAGE, content_type="text/plain"), "html"),
        (record(PAGE, content_type="application/xhtml+xml"), "html"),
        (record(PAGE, content_type=""), "html"),
        (record(PAGE, content_type="application/octet-stream"), "html"),
        (record(b"A <b>text</b>.", kind="conversion", content_type="text/plain"), "text"),
        (record(PAGE, kind="resource", content_type="text/html"), "html"),
    ],
)
def test_html_and_text_are_pages_in_records_of_three_kinds(tmp_path, made, media):
    page = only(tmp_path, made)
    assert (page.data, page.media, page.url) == (made[2], media, "http://example.org/a")


def test_requests_and_what_a_file_says_of_itself_are_not_counted_as_pages(tmp_path):
    out = io.BytesIO()
    writer = WARCWriter(out)
    writer.write_record(writer.create_warcinfo_record("crawl.warc.gz", {"software": "x"}))
    line = StatusAndHeaders("GET / HTTP/1.1", [("Host", "example.org")], is_http_request=True)
    writer.write_record(
        writer.create_warc_record("http://example.org/", "request", http_headers=line)
    )
    data = out.getvalue() + archive(record())[0]
    assert list(read(tmp_path, data)) == ["000003-example.org-a"]


RECORDS = [record(url=f"http://example.org/{number}") for number in range(6)]
NAMES = [f"{number + 1:06}-example.org-{number}" for number in range(6)]


def damaged(found):
    return [name for name, page in found.items() if isinstance(page, str)]


@pytest.mark.parametrize("where", [0, 1, 3, 5])
@pytest.mark.parametrize("offset", [0, 15, 60, 150, -3])
def test_a_damaged_packed_record_is_told_and_the_rest_is_read(tmp_path, where, offset):
    data, starts = archive(*RECORDS)
    end = [*starts, len(data)][where + 1]
    at = end + offset if offset < 0 else starts[where] + offset
    data = bytearray(data)
    if where == 0 and not offset:
        return  # then it is no packed file
    data[at : at + 2] = bytes(byte ^ 0xFF for byte in data[at : at + 2])
    found = read(tmp_path, data)
    assert damaged(found) == [f"{where + 1:06}"]
    assert "damaged record" in found[f"{where + 1:06}"]
    assert [name for name in found if name not in damaged(found)] == (
        NAMES[:where] + NAMES[where + 1 :]
    )


@pytest.mark.parametrize("packed", ["no", "as one"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Content-Length: ", b"Content-Length: 9"),
        (b"Content-Length: ", b"Content-Length: 99999999"),
        (b"Content-Length: 1", b"Content-Length: "),
        (b"Content-Length: ", b"Content-Width: "),
        (b"WARC/1.0", b"XARC/1.0"),
        (b"\r\n\r\nHTTP", b"\r\nHTTP"),
    ],
)
def test_a_record_with_a_wrong_head_is_told_and_the_rest_is_read(tmp_path, packed, old, new):
    data, starts = archive(*RECORDS, packed=False)
    at = data.index(old, starts[2])
    if old == b"Content-Length: ":
        at = data.index(b"\r\nContent-Length: ", starts[2]) + 2
    data = data[:at] + new + data[at + len(old) :]
    data = gzip.compress(data) if packed == "as one" else data
    found = read(tmp_path, data)
    assert len(damaged(found)) == 1
    good = [page.url for page in found.values() if not isinstance(page, str)]
    assert good == [f"http://example.org/{number}" for number in (0, 1, 3, 4, 5)]


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_that_ends_in_the_middle_of_a_record_says_so(tmp_path, packed):
    data, starts = archive(*RECORDS, packed=packed)
    for cut in (starts[5] + 20, starts[5] + 200, len(data) - 30):
        found = read(tmp_path, data[:cut])
        assert list(found)[:5] == NAMES[:5]
        assert len(damaged(found)) == 1
        assert damaged(found) == list(found)[5:]


def test_what_stands_between_records_is_passed_over(tmp_path):
    data, starts = archive(*RECORDS)
    junk = data[: starts[2]] + b"some junk\x1f\x8b\x08 \0 more" + data[starts[2] :]
    found = read(tmp_path, junk)
    assert len(found) == 7
    assert len(damaged(found)) == 1


@pytest.mark.parametrize("packed", [True, False])
def test_a_record_that_is_too_large_fails_and_the_rest_is_read(tmp_path, packed):
    large = record(PAGE + b" " * 3_000_000, "http://example.org/large")
    found = read(tmp_path, archive(RECORDS[0], large, RECORDS[1], packed=packed)[0], largest=2**20)
    assert "more than the 1 MiB" in found.pop("000002-example.org-large")
    assert list(found) == ["000001-example.org-0", "000003-example.org-1"]


@pytest.mark.parametrize("pack", [gzip.compress, brotli.compress, zstandard.compress])
def test_a_body_that_unpacks_to_too_much_fails(tmp_path, pack):
    coding = {gzip.compress: "gzip", brotli.compress: "br"}.get(pack, "zstd")
    made = record(pack(bytes(20 * 2**20)), content_encoding=coding)
    (found,) = read(tmp_path, archive(made)[0], largest=2**20).values()
    assert "more than the 1 MiB" in found


def test_records_of_a_zst_file_are_read(tmp_path):
    data, _ = archive(*RECORDS, packed=False)
    assert list(read(tmp_path, zstandard.compress(data))) == NAMES


def test_a_file_written_by_another_library_is_read(tmp_path):
    out = io.BytesIO()
    for number in range(3):
        made = WarcRecord()
        made.init_headers(record_type=WarcRecordType.response)
        made.headers["WARC-Target-URI"] = f"http://example.org/{number}"
        made.headers["Content-Type"] = "application/http; msgtype=response"
        made.set_bytes_content(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n"
            + PAGE.decode().encode("latin-1")
        )
        made.write(out)
    found = read(tmp_path, out.getvalue())
    assert [page.charset for page in found.values()] == ["iso-8859-1"] * 3


def test_wacz_gives_the_pages_of_its_warc_files_alone(tmp_path):
    data, _ = archive(*RECORDS[:2])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("archive/data.warc.gz", data)
        file.writestr("indexes/index.cdx.gz", gzip.compress(b"x"))
        file.writestr("pages/pages.jsonl", b'{"url": "http://example.org", "text": "x"}\n')
        file.writestr("datapackage.json", b"{}")
    for name in ("crawl.wacz", "crawl"):
        found = read(tmp_path, made.getvalue(), name)
        assert list(found) == [f"archive/data.warc.gz/{name}" for name in NAMES[:2]]
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as file:
        file.writestr("crawl.wacz", made.getvalue())
    assert list(read(tmp_path, outer.getvalue(), "x")) == [
        f"crawl.wacz/archive/data.warc.gz/{name}" for name in NAMES[:2]
    ]


def test_without_the_extra_there_is_one_clear_line(tmp_path):
    path = _write(tmp_path, archive(*RECORDS)[0])
    program = (
        "import sys; sys.modules['fastwarc'] = None\n"
        "from cleaner.sources import open_items\n"
        f"(item,) = open_items([{path!r}])\n"
        "try: item.load()\nexcept Exception as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "WARC needs the extra `warc`: pip install 'page-cleaner[warc]'\n"
