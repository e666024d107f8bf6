import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile

import pytest
import zstandard

import cleaner
from cleaner.sources import SourceError, SourceOptions, open_items

PAGE = b"<!doctype html><title>t</title><p>A sentence in a page.</p>"
COMPRESS = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor(write_checksum=True).compress,
}


def pages(path, **options):
    """Return the items that can be loaded as name → data, and the reasons of the others."""
    good, bad = {}, {}
    for item in open_items([str(path)], SourceOptions(**options)):
        assert item.name not in {*good, *bad}
        if item.skip:
            bad[item.name] = item.skip
            continue
        try:
            good[item.name] = item.load().data
        except (OSError, SourceError) as error:
            bad[item.name] = str(error)
    return good, bad


def zipped(members, **how):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", **{"compression": zipfile.ZIP_DEFLATED, **how}) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def tarred(members, **how):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", **how) as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return data.getvalue()


MEMBERS = {"a.html": PAGE, "b/c.txt": b"A text.", "b/picture.png": b"\x89PNG\r\n\x1a\n\0\0"}


@pytest.mark.parametrize("ending", COMPRESS)
def test_a_compressed_page_is_named_without_the_ending(tmp_path, ending):
    path = tmp_path / f"a.html{ending}"
    path.write_bytes(COMPRESS[ending](PAGE))
    assert pages(path) == ({"a.html": PAGE}, {})


@pytest.mark.parametrize("ending", COMPRESS)
def test_compression_is_told_by_content(tmp_path, ending):
    (tmp_path / "a.html").write_bytes(COMPRESS[ending](PAGE))
    (tmp_path / "b.txt").write_bytes(COMPRESS[ending](b"A text."))
    good, _ = pages(tmp_path)
    assert good == {"a.html": PAGE, "b.txt": b"A text."}
    items = open_items([str(tmp_path)])
    assert [item.load().media for item in items] == ["html", "text"]


@pytest.mark.parametrize("ending", COMPRESS)
def test_members_that_follow_each_other_are_one_page(tmp_path, ending):
    path = tmp_path / "a.html"
    path.write_bytes(COMPRESS[ending](PAGE) + COMPRESS[ending](b"<p>More."))
    assert pages(path)[0] == {"a.html": PAGE + b"<p>More."}


@pytest.mark.parametrize("ending", COMPRESS)
@pytest.mark.parametrize("stray", [b"\n", b"\0" * 512, b"\x1f", b"<!-- 3 ms -->" * 9000])
def test_what_stands_behind_compressed_data_takes_nothing_from_a_page(tmp_path, ending, stray):
    path = tmp_path / "a.html"
    path.write_bytes(COMPRESS[ending](PAGE) + stray)
    assert pages(path) == ({"a.html": PAGE}, {})


@pytest.mark.parametrize("ending", COMPRESS)
def test_what_stands_behind_compressed_records_is_told_after_all_of_them(tmp_path, ending):
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        COMPRESS[ending](b'{"id": 1, "html": "<p>a"}\n{"id": 2, "html": "<p>b"}') + b"\n"
    )
    good, bad = pages(path)
    assert list(good) == ["a.jsonl/000001-1", "a.jsonl/000002-2"]
    assert bad == {"a.jsonl": "it goes on behind the end of its compressed data"}


@pytest.mark.parametrize("ending", COMPRESS)
@pytest.mark.parametrize("how", ["cut", "changed"])
def test_damaged_data_fails_and_says_so(tmp_path, ending, how):
    noise = random.Random(1).randbytes(100_000)
    data = bytearray(COMPRESS[ending](PAGE + noise))
    if how == "cut":
        del data[50_000:]
    else:
        data[50_000:50_100] = bytes(100)
    path = tmp_path / "a.html"
    path.write_bytes(data)
    good, bad = pages(path)
    assert not good
    assert "damaged" in bad["a.html"] or "cut short" in bad["a.html"]


@pytest.mark.parametrize("ending", COMPRESS)
def test_a_compressed_page_that_is_too_large_fails(tmp_path, ending):
    path = tmp_path / "a.html"
    path.write_bytes(COMPRESS[ending](PAGE + b" " * 3_000_000))
    good, bad = pages(path, largest=2**20)
    assert not good
    assert "larger than the 1 MiB" in bad["a.html"]


def test_a_text_that_begins_like_compressed_data_is_a_text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"BZh is how bzip2 begins.")
    assert pages(path)[0] == {"a.txt": b"BZh is how bzip2 begins."}


@pytest.mark.parametrize("name", ["pages.zip", "pages", "pages.html"])
def test_a_zip_archive_gives_its_pages_and_names_what_is_none(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(zipped(MEMBERS))
    good, bad = pages(path)
    assert good == {f"{name}/a.html": PAGE, f"{name}/b/c.txt": b"A text."}
    assert bad == {f"{name}/b/picture.png": "PNG image, not a page"}
    assert next(open_items([str(path)])).label == f"{path}: a.html"


@pytest.mark.parametrize("ending", ["", *COMPRESS])
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_tar_archive_gives_its_pages_and_names_what_is_none(tmp_path, ending, form):
    name = f"pages.tar{ending}"
    path = tmp_path / name
    path.write_bytes(COMPRESS.get(ending, bytes)(tarred(MEMBERS, format=form)))
    good, bad = pages(path)
    assert good == {f"{name}/a.html": PAGE, f"{name}/b/c.txt": b"A text."}
    assert bad == {f"{name}/b/picture.png": "PNG image, not a page"}


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_the_methods_of_zip_are_read_or_named(tmp_path, method):
    path = tmp_path / "pages.zip"
    path.write_bytes(zipped({"a.html": PAGE}, compression=method))
    good, bad = pages(path)
    if method == zipfile.ZIP_LZMA:
        assert bad == {"pages.zip/a.html": "packed by method 14 of zip, which is not read"}
    else:
        assert good == {"pages.zip/a.html": PAGE}


def test_a_zip_archive_of_the_large_kind_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 10)
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(20):
            archive.writestr(f"{number}.txt", b"")
        with archive.open("large.html", "w", force_zip64=True) as file:
            file.write(PAGE)
    assert b"PK\x06\x06" in path.read_bytes()
    items = list(open_items([str(path)]))
    assert len(items) == 21
    assert items[-1].load().data == PAGE


def test_a_zip_archive_behind_a_program_is_read(tmp_path):
    data = b"PK\x03\x04 not really" + bytes(500) + zipped({"a.html": PAGE})
    path = tmp_path / "pages.zip"
    path.write_bytes(data)
    assert pages(path)[0] == {"pages.zip/a.html": PAGE}


def test_an_archive_in_an_archive_is_opened_and_one_in_that_is_not(tmp_path):
    inner = zipped({"a.html": PAGE})
    middle = tarred({"inner.zip": inner, "b.html": PAGE})
    path = tmp_path / "outer.zip"
    path.write_bytes(zipped({"middle.tar.gz": gzip.compress(middle), "direct.zip": inner}))
    good, bad = pages(path)
    assert set(good) == {"outer.zip/direct.zip/a.html", "outer.zip/middle.tar.gz/b.html"}
    assert bad == {"outer.zip/middle.tar.gz/inner.zip": "an archive in an archive in an archive"}


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_lead_nowhere_else(tmp_path, pack):
    path = tmp_path / "pages"
    names = ["../up.html", "/root.html", "a/../../b.html", "..", "c:\\d.html", "./e.html"]
    path.write_bytes(pack(dict.fromkeys(names, PAGE)))
    assert list(pages(path)[0]) == [
        "pages/up.html",
        "pages/root.html",
        "pages/a/b.html",
        "pages/c_/d.html",
        "pages/e.html",
    ] or list(pages(path)[0])[3:] == ["pages/page", "pages/c_/d.html", "pages/e.html"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("pack", [zipfile.ZipFile, None])
def test_members_of_one_name_get_numbers(tmp_path, pack):
    data = io.BytesIO()
    if pack:
        with zipfile.ZipFile(data, "w") as archive:
            for number in range(3):
                archive.writestr("a.html", PAGE + str(number).encode())
    else:
        with tarfile.open(fileobj=data, mode="w") as archive:
            for number in range(3):
                member = tarfile.TarInfo("a.html")
                member.size = len(PAGE) + 1
                archive.addfile(member, io.BytesIO(PAGE + str(number).encode()))
    (tmp_path / "x").write_bytes(data.getvalue())
    good, _ = pages(tmp_path / "x")
    assert list(good) == ["x/a.html", "x/a-2.html", "x/a-3.html"]
    assert [data[-1:] for data in good.values()] == [b"0", b"1", b"2"]


def test_links_and_devices_in_a_tar_archive_are_passed_over(tmp_path):
    path = tmp_path / "pages.tar"
    kinds = [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE]
    with tarfile.open(path, "w") as archive:
        for number, kind in enumerate(kinds):
            member = tarfile.TarInfo(f"{number}.html")
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
        member = tarfile.TarInfo("a.html")
        member.size = len(PAGE)
        archive.addfile(member, io.BytesIO(PAGE))
    assert pages(path) == ({"pages.tar/a.html": PAGE}, {})


def test_links_in_a_zip_archive_are_passed_over(tmp_path):
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("link.html")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.html", PAGE)
    assert pages(path) == ({"pages.zip/a.html": PAGE}, {})


def test_an_encrypted_member_fails_by_itself(tmp_path):
    data = bytearray(zipped({"a.html": PAGE, "b.html": PAGE}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "pages.zip"
    path.write_bytes(data)
    assert pages(path) == ({"pages.zip/b.html": PAGE}, {"pages.zip/a.html": "encrypted"})


def test_a_damaged_member_of_a_zip_archive_fails_by_itself(tmp_path):
    data = bytearray(zipped({"a.html": PAGE, "b.html": PAGE}, compression=zipfile.ZIP_STORED))
    data[data.index(b"sentence")] ^= 1
    path = tmp_path / "pages.zip"
    path.write_bytes(data)
    good, bad = pages(path)
    assert good == {"pages.zip/b.html": PAGE}
    assert bad == {"pages.zip/a.html": "damaged: its checksum is wrong"}


def test_a_zip_archive_that_is_cut_short_fails(tmp_path):
    path = tmp_path / "pages.zip"
    path.write_bytes(zipped(MEMBERS)[:-30])
    good, bad = pages(path)
    assert not good
    assert "cut short" in bad["pages.zip"]


def test_a_tar_archive_that_is_cut_short_keeps_what_came_before(tmp_path):
    data = tarred({"a.html": PAGE, "b.html": PAGE * 100})
    for at in (512 * 2 + 100, 512 * 4):
        path = tmp_path / "pages.tar"
        path.write_bytes(data[:at])
        good, bad = pages(path)
        assert good == {"pages.tar/a.html": PAGE}
        assert bad


def test_a_damaged_header_does_not_take_the_rest_of_a_tar_archive(tmp_path):
    data = bytearray(tarred({"a.html": PAGE, "b.html": PAGE, "c.html": PAGE}))
    data[1024:1034] = b"\xff" * 10
    path = tmp_path / "pages.tar"
    path.write_bytes(data)
    good, bad = pages(path)
    assert list(good) == ["pages.tar/a.html", "pages.tar/c.html"]
    assert bad == {"pages.tar/damaged": "damaged archive: 2 blocks passed over"}


def test_a_header_that_claims_gigabytes_is_refused(tmp_path):
    header = tarfile.TarInfo("././@LongLink")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 4 * 2**30
    path = tmp_path / "pages.tar"
    path.write_bytes(tarred({"a.html": PAGE})[:1024] + header.tobuf() + bytes(6 * 2**20))
    good, bad = pages(path)
    assert list(good) == ["pages.tar/a.html"]
    assert "too large" in bad["pages.tar"]


@pytest.mark.parametrize("pack", [zipped, lambda members: gzip.compress(tarred(members))])
def test_a_bomb_in_an_archive_fails_and_the_rest_is_read(tmp_path, pack):
    path = tmp_path / "pages"
    path.write_bytes(pack({"a.html": bytes(30 * 2**20), "b.html": PAGE}))
    (tmp_path / "x").mkdir()
    good, bad = pages(path, largest=2**20)
    assert good == {"pages/b.html": PAGE}
    assert set(bad) == {"pages/a.html"}


def test_members_that_share_their_bytes_cannot_go_on_for_ever(tmp_path):
    packed = zipped({"a.html": b" " * 2**22})
    table = packed.index(b"PK\x01\x02")
    row, end = packed[table : packed.index(b"PK\x05\x06")], packed[packed.index(b"PK\x05\x06") :]
    count = 1000
    end = end[:8] + (count.to_bytes(2, "little")) * 2 + (len(row) * count).to_bytes(4, "little")
    end += packed[-6:]
    path = tmp_path / "pages.zip"
    path.write_bytes(packed[:table] + row * count + end)
    items = list(open_items([str(path)]))
    assert len(items) < 60
    with pytest.raises(SourceError, match="more than 1,000 times its size"):
        items[-1].load()


@pytest.mark.parametrize("name", ["a.html.gz", "b.gz"])
def test_a_page_that_was_packed_twice_is_one_in_a_folder_as_well(tmp_path, name):
    (tmp_path / name).write_bytes(gzip.compress(gzip.compress(PAGE)))
    (tmp_path / "x.gz").write_bytes(gzip.compress(gzip.compress(b"%PDF-1.7")))
    (item, other) = open_items([str(tmp_path)])
    assert cleaner.clean(item.load()).text == "A sentence in a page.\n"
    assert other.skip == "PDF, not a page"


def test_office_documents_are_no_archives(tmp_path):
    (tmp_path / "a.docx").write_bytes(
        zipped({"[Content_Types].xml": b"<?xml?>", "word/document.xml": b"<?xml?><html>"})
    )
    (tmp_path / "b.odt").write_bytes(
        zipped(
            {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": PAGE},
            compression=zipfile.ZIP_STORED,
        )
    )
    assert pages(tmp_path) == (
        {},
        {"a.docx": "ZIP archive, not a page", "b.odt": "ZIP archive, not a page"},
    )


def test_a_folder_of_archives_gives_the_pages_of_all(tmp_path):
    (tmp_path / "1.zip").write_bytes(zipped({"a.html": PAGE}))
    (tmp_path / "2.tar.gz").write_bytes(gzip.compress(tarred({"a.html": PAGE})))
    assert list(pages(tmp_path)[0]) == ["1.zip/a.html", "2.tar.gz/a.html"]
