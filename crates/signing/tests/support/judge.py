"""Says as JSON what pyHanko thinks of every signature of a PDF. Arguments: the PDF, then DER files of trusted roots."""
import json
import logging
import sys

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

logging.disable(logging.CRITICAL)
roots = [x509.Certificate.load(open(path, "rb").read()) for path in sys.argv[2:]]
readings = []
with open(sys.argv[1], "rb") as handle:
    reader = PdfFileReader(handle, strict=False)
    for signature in reader.embedded_signatures:
        context = ValidationContext(trust_roots=roots, allow_fetching=False)
        try:
            status = validate_pdf_signature(signature, signer_validation_context=context)
            readings.append({
                "field": signature.field_name,
                "intact": bool(status.intact),
                "valid": bool(status.valid),
                "trusted": bool(status.trusted),
                "coverage": status.coverage.name,
                "changes": getattr(status.modification_level, "name", None),
                "bottom_line": bool(status.bottom_line),
            })
        except Exception as error:  # what cannot be judged is not valid
            readings.append({"field": signature.field_name, "error": repr(error), "bottom_line": False})
print(json.dumps(readings))
