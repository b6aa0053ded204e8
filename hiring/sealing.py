"""Seals one PDF: `python -m hiring.sealing < a line of JSON and the file > the file`. A process of its own.

The line holds `key` and `certificate` as PEM and the `reason` a reader of the file is shown. No Django, no
environment, no network: the signature is PAdES B-B, without a time stamp of somebody else's.
"""

import json
import sys
from io import BytesIO

FIELD = "Firsthire"


def seal(pdf: bytes, key: str, certificate: str, reason: str) -> bytes:
    """Raises whatever pyHanko raises for a file or a key it cannot use."""
    from asn1crypto import keys, pem, x509
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(pem.unarmor(certificate.encode())[2]),
        signing_key=keys.PrivateKeyInfo.load(pem.unarmor(key.encode())[2]),
        cert_registry=SimpleCertificateStore(),
    )
    what = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason,
        subfilter=fields.SigSeedSubFilter.PADES,
        # Whoever opens it is told of any later change, also of one that only fills in a form.
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    return signers.sign_pdf(writer, what, signer=signer).getvalue()


def main() -> None:
    head, _line_end, pdf = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.buffer.write(seal(pdf, **json.loads(head)))


if __name__ == "__main__":
    main()
