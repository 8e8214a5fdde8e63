"""Packages that were made to do harm: each is refused by what it does, in seconds, before anything in it is read."""

from __future__ import annotations

import io
import resource
import socket
import struct
import sys
import threading
import time
import warnings
import zipfile

import pytest

from ledger.errors import RejectedInputError
from ledger.intake import read, survey
from ledger.intake.kinds import Kind
from tests.intake import packages
from tests.intake.packages import book, document, relations, types, word, zipped

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits are POSIX")
XXE = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "{target}">]>'
LAUGHS = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "{laugh}">{more}]><d>&j;</d>'.format(
    laugh="ha" * 50,
    more="".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    ),
)


def judged(data):
    return survey.survey(data, shown="x")


def test_an_honest_package_is_known_by_what_it_says_it_is():
    """A Word file and a workbook, templates of both, whatever their names: nothing is said of them."""
    assert judged(word()) == survey.Survey(Kind.WORD)
    assert judged(book()) == survey.Survey(Kind.WORKBOOK)
    template = types("/word/document.xml", "wordprocessingml.template.main+xml")
    assert judged(word(**{"[Content_Types].xml": template})) == survey.Survey(Kind.WORD)


def plain(**files):
    return zipped({name.replace("_", "."): "x" for name in files})


def lying(data, name, size):
    """The same package, whose directory says another size of one entry."""
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 46 + len(name)] != name:
        at = data.index(b"PK\x01\x02", at + 4)
    return data[: at + 24] + struct.pack("<I", size) + data[at + 28 :]


def overlapping():
    """A package of entries that all stand on the same packed bytes."""
    data = zipped(packages.word_parts() | {f"word/media/{n:03}.xml": b"<a/>" for n in range(300)})
    first = None
    at = data.find(b"PK\x01\x02")
    changed = bytearray(data)
    while at >= 0:
        length = struct.unpack("<H", data[at + 28 : at + 30])[0]
        if data[at + 46 : at + 46 + length].startswith(b"word/media/"):
            first = first or data[at + 42 : at + 46]
            changed[at + 42 : at + 46] = first
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def flipped(data, name):
    """The same package with one bit of a packed part turned over."""
    at = data.index(name.encode()) + len(name) + 40
    return data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]


def encrypted():
    data = bytearray(word())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def doubled(*names):
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w") as archive:
        warnings.simplefilter("ignore")  # zipfile would not do that itself
        for name, part in packages.word_parts().items():
            archive.writestr(name, part)
        for name in names:
            archive.writestr(name, "<a/>")
    return file.getvalue()


def nested(data, depth):
    for _level in range(depth):
        data = zipped({"a.docx": data, "b.docx": data})
    return data


MAIN = "word/document.xml"
SHEETS = "xl/worksheets/sheet1.xml"
MACROS = (
    types("/word/document.xml", "x")
    .replace("officedocument.x", "x")
    .replace("application/vnd.openxmlformats-x", "application/vnd.ms-word.document.macroEnabled.main+xml")
)
BINARY = types("/xl/workbook.bin", "x").replace(
    "application/vnd.openxmlformats-officedocument.x",
    "application/vnd.ms-excel.sheet.binary.macroEnabled.main",
)
SLIDES = types("/ppt/presentation.xml", "presentationml.presentation.main+xml")

HOSTILE = {
    "no zip": (lambda: b"PK\x03\x04" + b"x" * 100, "damaged"),
    "cut off": (lambda: word()[:-30], "damaged"),
    "half": (lambda: word()[:400], "damaged"),
    "flipped": (lambda: flipped(word(), MAIN), "damaged"),
    "plain zip": (lambda: plain(a_txt=1), "of the kind zip"),
    "ofd": (lambda: zipped({"OFD.xml": "<a/>"}), "of the kind OFD"),
    "slides": (lambda: word(**{"[Content_Types].xml": SLIDES}), "PowerPoint"),
    "binary workbook": (lambda: word(**{"[Content_Types].xml": BINARY}), "XLSB"),
    "bomb of one part": (lambda: book(**{SHEETS: (b" " * (1 << 20), 95)}), "unfolds more than 150 times"),
    "bomb beyond the cap": (lambda: book(**{SHEETS: (b" " * (1 << 20), 400)}), "larger than 100 MB"),
    "bomb of many parts": (
        lambda: book(**{f"xl/{n}.xml": (b" " * (1 << 20), 4) for n in range(80)}), "unpacked it is larger than 200 MB"
    ),
    "bomb that lies": (lambda: lying(book(**{SHEETS: (b" " * (1 << 20), 95)}), SHEETS.encode(), 1000), "damaged"),
    "many entries": (lambda: word(**{f"word/{n}.xml": "" for n in range(2_000)}), "more than 2000 entries"),
    "more entries than are counted": (lambda: zipped({f"{n}": "" for n in range(21_000)}), "more than 20000 entries"),
    "overlap": (overlapping, "one over the other"),
    "nested": (lambda: nested(word(), 6), "of the kind zip"),
    "one name twice": (lambda: doubled("word/a.xml", "word/a.xml"), "one name"),
    "one name in two cases": (lambda: doubled("word/a.xml", "word/A.xml"), "one name"),
    "outside": (lambda: doubled("../../etc/passwd"), "file elsewhere"),
    "outside by backslash": (lambda: doubled("..\\..\\x"), "file elsewhere"),
    "absolute": (lambda: doubled("/etc/passwd"), "file elsewhere"),
    "drive": (lambda: doubled("C:/x.xml"), "file elsewhere"),
    "encrypted": (encrypted, "protected by a password"),
    "macros": (lambda: word(**{"[Content_Types].xml": MACROS}), "holds macros"),
    "hidden macros": (lambda: word(**{"word/vbaProject.bin": b"\xd0\xcf"}), "holds macros"),
    "packed otherwise": (lambda: zipped(packages.word_parts(), zipfile.ZIP_BZIP2), "packed in a way"),
    "laughs": (lambda: book(**{SHEETS: LAUGHS}), "document type"),
    "laughs in relations": (lambda: word(**{"_rels/.rels": LAUGHS}), "document type"),
    "laughs under another name": (lambda: word(**{"word/media/image1.png": LAUGHS}), "document type"),
    "laughs in UTF-16": (lambda: word(**{MAIN: LAUGHS.encode("utf-16")}), "document type"),
    "laughs in UTF-16 without mark": (lambda: word(**{MAIN: LAUGHS.encode("utf-16-be")}), "document type"),
    "laughs far behind": (
        lambda: word(**{MAIN: "<!--" + "x" * ((1 << 20) - 10) + "-->" + LAUGHS[21:]}), "document type"
    ),
    "laughs in UTF-7": (
        lambda: word(**{MAIN: "<?xml version='1.0' encoding='UTF-7'?>+ADw-!DOCTYPE d []+AD4-"}), "encoding UTF-7"
    ),
    "huge content types": (lambda: word(**{"[Content_Types].xml": (b"<!-- pad -->", 900_000)}), "larger than 8 MB"),
}  # fmt: skip


@pytest.mark.parametrize(("made", "words"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_package_is_refused_by_name(tmp_path, made, words):
    """Bombs, lies, overlaps, macros, passwords, entities: refused by name in under 5 seconds, with what to do."""
    path = tmp_path / "list.xlsx"
    path.write_bytes(made())
    start = time.monotonic()
    with pytest.raises(RejectedInputError, match=words) as caught:
        read(path, stdin=io.BytesIO())
    assert time.monotonic() - start < 5
    assert caught.value.hint


def test_refusing_a_bomb_takes_little_memory(tmp_path):
    """412 kB that unfold to 400 MB are refused while the child holds less than 100 MB."""
    path = tmp_path / "list.xlsx"
    path.write_bytes(book(**{SHEETS: (b" " * (1 << 20), 400)}))
    assert path.stat().st_size < 420_000
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    with pytest.raises(RejectedInputError):
        read(path, stdin=io.BytesIO())
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert after == before or after < 100_000  # kB of the largest child so far


class Listening(threading.Thread):
    """Counts who connects to a port of this machine."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/x"
        self.connections = 0
        self.start()

    def run(self):
        while True:
            try:
                connection, _address = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            connection.close()


@pytest.fixture
def listening():
    server = Listening()
    yield server
    server.socket.shutdown(socket.SHUT_RDWR)  # closing alone does not wake who waits for a connection
    server.join()
    server.socket.close()


def references(url):
    """Files that name another place in every way we know of, and what is said of each."""
    linked = '<w:p><w:r><w:t>见图</w:t></w:r></w:p><w:altChunk r:id="r1"/><w:subDoc r:id="r1"/>'
    settings = types("/word/document.xml", "wordprocessingml.document.main+xml")
    outside = relations(
        ("image", url, "External"), ("attachedTemplate", url, "External"), ("oleObject", url, "External")
    )
    return {
        "entity": (word(**{MAIN: XXE.format(target=url) + document()[38:]}), "document type"),
        "entity of a file": (word(**{MAIN: XXE.format(target="file:///etc/passwd") + document()[38:]}), "document type"),
        "template": (word(**{"word/_rels/settings.xml.rels": outside, "[Content_Types].xml": settings}), "outside"),
        "picture": (word(**{"word/_rels/document.xml.rels": outside, MAIN: document(inside=linked)}), "outside"),
        "chunk": (
            word(**{"word/_rels/document.xml.rels": relations(("aFChunk", url, "External")), MAIN: document(inside=linked)}),
            "outside",
        ),
        "workbook": (
            book(**{"xl/externalLinks/_rels/externalLink1.xml.rels": relations(("externalLinkPath", url, "External"))}),
            "outside",
        ),
        "object": (
            word(**{"word/_rels/document.xml.rels": relations(("oleObject", "embeddings/a.bin")), "word/embeddings/a.bin": b"\xd0\xcf"}),
            "embedded",
        ),
        "link": (word(**{"word/_rels/document.xml.rels": relations(("hyperlink", url, "External"))}), None),
        "page": (
            f"<html><head><link rel=stylesheet href={url}><base href={url}><script src={url}></script></head>"
            f"<body><p>一、整改情况<p>1.关于“台账不全”的问题<p>整改情况：一是补齐台账。<img src={url}><iframe src={url}>"
            "</iframe></body></html>".encode(),
            None,
        ),
        "page with entity": (
            f'<!DOCTYPE html [<!ENTITY x SYSTEM "{url}">]><html><body><p>一、整改情况<p>1.关于“台账不全”的问题<p>整改情况：一是补齐台账。&x;</body></html>'.encode(),
            None,
        ),
    }  # fmt: skip


@pytest.mark.parametrize("name", references(""))
def test_nothing_outside_is_fetched(tmp_path, listening, name):
    """Entities, templates, pictures, chunks, links: no connection is made; what is left out is said or refused."""
    data, said = references(listening.url)[name]
    path = tmp_path / "received.bin.docx"
    path.write_bytes(data)
    try:
        found = read(path, stdin=io.BytesIO())
    except RejectedInputError as error:
        assert said == "document type"
        assert said in error.message
    else:
        codes = [remark.code for remark in found.warnings]
        assert (said in codes) == (said is not None)
        assert said is not None or not {"outside", "embedded"} & set(codes)
        assert [issue.title for issue in found.issues] == ["台账不全"]
    assert listening.connections == 0


def test_deep_markup_is_no_trouble(tmp_path):
    """Elements nested a hundred thousand deep, or with huge attributes: read or refused, in seconds."""
    deep = "<w:p>" * 100_000 + "</w:p>" * 100_000
    wide = f'<w:p w:x="{"y" * 20_000_000}"/>'
    for inside in (deep, wide):
        path = tmp_path / "notice.docx"
        path.write_bytes(word(**{MAIN: document(inside=inside)}))
        start = time.monotonic()
        try:
            read(path, stdin=io.BytesIO())
        except RejectedInputError as error:
            assert error.hint
        assert time.monotonic() - start < 5
