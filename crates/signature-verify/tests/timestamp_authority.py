"""A local timestamp authority over HTTP: `openssl ts` answers. Prints its port, then serves until it is ended."""

import http.server
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(sys.argv[1])
CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = Sellos de tiempo de ejemplo
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
[authority]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = service
[service]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
accuracy = secs:1
"""


def openssl(*words):
    subprocess.run(["openssl", *words], cwd=FOLDER, check=True, capture_output=True)


(FOLDER / "ts.cnf").write_text(CONFIG)
(FOLDER / "serial").write_text("01\n")
openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.pem", "-config", "ts.cnf",
        "-extensions", "root", "-subj", "/CN=Autoridad de sellos de ejemplo", "-days", "30")
openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-config", "ts.cnf")
openssl("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-out", "tsa.pem",
        "-extfile", "ts.cnf", "-extensions", "authority", "-days", "20")
openssl("x509", "-in", "root.pem", "-outform", "DER", "-out", "root.der")


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        request = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/rechazo":
            answer = bytes([0x30, 5, 0x30, 3, 2, 1, 2])  # rejection
        else:
            (FOLDER / "request.tsq").write_bytes(request)
            openssl("ts", "-reply", "-config", "ts.cnf", "-queryfile", "request.tsq", "-signer", "tsa.pem", "-inkey", "tsa.key",
                    "-out", "answer.tsr")
            answer = (FOLDER / "answer.tsr").read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
