"""Word-processor files of a few paragraphs: RTF, DOCX, ODT. The least that the programs themselves open."""

from __future__ import annotations

import re
from html import escape

from tests.raw.containers import zipped
from tests.raw.notation import paragraphs

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def rtf(body: str) -> bytes:
    """Paragraphs as RTF in code page 1252, as WordPad saves it."""
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Georgia;}}\f0\fs24"
    lines = "\\par\n".join(map(_rtf, body.split("\n")))
    return f"{head}\n{lines}}}\n".encode("ascii")


def _rtf(line: str) -> str:
    def letter(match: re.Match[str]) -> str:
        try:
            return f"\\'{match[0].encode('cp1252')[0]:02x}"
        except UnicodeEncodeError:
            return f"\\u{ord(match[0])}?"

    line = re.sub(r"([\\{}])", r"\\\1", line)
    line = re.sub(r"\*([^*\n]+)\*", r"{\\i \1}", line)
    return re.sub(r"[^\x00-\x7f]", letter, line)


def _blocks(body: str) -> list[tuple[int, list[tuple[bool, str]]]]:
    """Each paragraph as its heading level (0: none) and its runs: (is it emphasised, text)."""
    out = []
    for paragraph in (line for part in paragraphs(body) for line in part.split("\n")):
        level = len(paragraph) - len(paragraph.lstrip("#"))
        runs = [(bool(i % 2), part) for i, part in enumerate(re.split(r"\*([^*]+)\*", paragraph.lstrip("# ")))]
        out.append((level, [run for run in runs if run[1]]))
    return out


def docx(body: str, title: str, author: str) -> bytes:
    def block(level: int, runs: list[tuple[bool, str]]) -> str:
        style = f'<w:pPr><w:pStyle w:val="{("Title", "Heading1")[level - 1]}"/></w:pPr>' if level else ""
        parts = "".join(
            f'<w:r>{"<w:rPr><w:i/></w:rPr>" if emphasis else ""}<w:t xml:space="preserve">{escape(run, quote=False)}</w:t></w:r>'
            for emphasis, run in runs
        )
        return f"<w:p>{style}{parts}</w:p>"

    text = "\n".join(block(*each) for each in _blocks(body))
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("Normal", "Normal"), ("Title", "Title"), ("Heading1", "heading 1"))
    )
    members = {
        "[Content_Types].xml": f"""{_XML}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{main}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{main}.styles+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>""",
        "_rels/.rels": f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>""",
        "docProps/core.xml": f"""{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator></cp:coreProperties>""",
        "word/_rels/document.xml.rels": f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>
</Relationships>""",
        "word/styles.xml": f'{_XML}<w:styles xmlns:w="{_W}">{styles}</w:styles>',
        "word/document.xml": f'{_XML}<w:document xmlns:w="{_W}"><w:body>\n{text}\n</w:body></w:document>',
    }
    return zipped({name: data.encode() for name, data in members.items()})


def odt(body: str, title: str) -> bytes:
    def block(level: int, runs: list[tuple[bool, str]]) -> str:
        parts = "".join(
            f'<text:span text:style-name="It">{escape(run, quote=False)}</text:span>' if emphasis else escape(run, quote=False)
            for emphasis, run in runs
        )
        return f'<text:h text:outline-level="{level}">{parts}</text:h>' if level else f"<text:p>{parts}</text:p>"

    spaces = " ".join(f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "text", "style", "meta"))
    spaces += f' xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    content = "\n".join(block(*each) for each in _blocks(body))
    members = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>""",
        "content.xml": f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content {spaces} office:version="1.2">
<office:automatic-styles>
<style:style style:name="It" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
</office:automatic-styles>
<office:body><office:text>
{content}
</office:text></office:body></office:document-content>""",
        "meta.xml": f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-meta {spaces} office:version="1.2">
<office:meta><dc:title>{escape(title)}</dc:title></office:meta>
</office:document-meta>""",
    }
    return zipped({name: data.encode() for name, data in members.items()})
