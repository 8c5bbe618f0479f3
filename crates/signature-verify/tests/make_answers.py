"""Makes authorities, certificates, answers (OCSP) and lists of revoked certificates with a library that is not ours."""

import datetime
import pathlib
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

OUT = pathlib.Path(sys.argv[1])
DAY = datetime.timedelta(days=1)
SIGNED = datetime.datetime(2026, 3, 1, 12)


def name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def issue(subject, key, issuer, issuer_key, authority=False, purpose=None, start=SIGNED - 300 * DAY, end=SIGNED + 300 * DAY):
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if purpose:
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def answer(leaf, authority, signer, signer_key, status, since=None, sent=True, at=SIGNED + DAY):
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=leaf,
        issuer=authority,
        algorithm=hashes.SHA1(),
        cert_status=status,
        this_update=at,
        next_update=at + DAY,
        revocation_time=since,
        revocation_reason=None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, signer)
    if sent:
        builder = builder.certificates([signer])
    return builder.sign(signer_key, hashes.SHA256())


def revoked_list(leaf, issuer, key, since=None):
    builder = x509.CertificateRevocationListBuilder().issuer_name(name(issuer)).last_update(SIGNED + DAY).next_update(SIGNED + 2 * DAY)
    if since:
        entry = x509.RevokedCertificateBuilder().serial_number(leaf.serial_number).revocation_date(since).build()
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(key, hashes.SHA256())


def keep(file, thing):
    (OUT / file).write_bytes(thing.public_bytes(serialization.Encoding.DER))


keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(6)]
root_key, leaf_key, delegate_key, stranger_key, plain_key, old_key = keys
root = issue("Autoridad de ejemplo", root_key, "Autoridad de ejemplo", root_key, authority=True)
leaf = issue("Persona de ejemplo", leaf_key, "Autoridad de ejemplo", root_key)
delegate = issue("Respuestas de ejemplo", delegate_key, "Autoridad de ejemplo", root_key, purpose=ExtendedKeyUsageOID.OCSP_SIGNING)
plain = issue("Sin encargo", plain_key, "Autoridad de ejemplo", root_key)
old = issue("Encargo vencido", old_key, "Autoridad de ejemplo", root_key, purpose=ExtendedKeyUsageOID.OCSP_SIGNING, end=SIGNED - DAY)
stranger = issue("Autoridad de ejemplo", stranger_key, "Autoridad de ejemplo", stranger_key, authority=True)
self_made = issue("Respuestas de ejemplo", stranger_key, "Autoridad de ejemplo", stranger_key, purpose=ExtendedKeyUsageOID.OCSP_SIGNING)
good, revoked = ocsp.OCSPCertStatus.GOOD, ocsp.OCSPCertStatus.REVOKED
other_leaf = issue("Otra persona", leaf_key, "Autoridad de ejemplo", root_key)

keep("root.der", root)
keep("leaf.der", leaf)
keep("good.ocsp", answer(leaf, root, root, root_key, good, sent=False))
keep("good_by_delegate.ocsp", answer(leaf, root, delegate, delegate_key, good))
keep("revoked_before.ocsp", answer(leaf, root, root, root_key, revoked, SIGNED - DAY, sent=False))
keep("revoked_after.ocsp", answer(leaf, root, root, root_key, revoked, SIGNED + DAY / 2, sent=False))
keep("attack_another_authority_of_the_same_name.ocsp", answer(leaf, root, stranger, stranger_key, good))
keep("attack_a_delegate_that_appointed_itself.ocsp", answer(leaf, root, self_made, stranger_key, good))
keep("attack_a_certificate_without_the_charge_answers.ocsp", answer(leaf, root, plain, plain_key, good))
keep("attack_a_delegate_whose_certificate_ended.ocsp", answer(leaf, root, old, old_key, good))
keep("attack_the_answer_of_another_certificate.ocsp", answer(other_leaf, root, root, root_key, good, sent=False))
keep("attack_an_answer_that_ended_before_the_signature.ocsp", answer(leaf, root, root, root_key, good, sent=False, at=SIGNED - 5 * DAY))
keep("clean.crl", revoked_list(leaf, "Autoridad de ejemplo", root_key))
keep("revoked.crl", revoked_list(leaf, "Autoridad de ejemplo", root_key, SIGNED - DAY))
keep("attack_a_list_by_a_stranger_of_the_same_name.crl", revoked_list(leaf, "Autoridad de ejemplo", stranger_key))
