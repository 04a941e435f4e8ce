"""Which files are pictures, told by their first bytes."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_GIF = b"GIF8"
_TIFF = (b"II*\x00", b"MM\x00*")
_WEBP = (b"RIFF", b"WEBP")
_BOX = b"ftyp"  # the family of HEIC and AVIF
_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


def is_picture(content: bytes) -> bool:
    """Tell whether a file begins as a picture does, also one of a sort that cannot be read here."""
    if content.startswith((_PNG, _JPEG, _GIF, *_TIFF)):
        return True
    head, tail = content[:4], content[8:12]
    return (head, tail) == _WEBP or (content[4:8] == _BOX and tail in _BRANDS)
