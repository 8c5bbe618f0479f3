"""Reads every file of a folder with kreuzberg, Spanish OCR, all cores: files that gave words, words, seconds."""
import json
import re
import sys
import time
from pathlib import Path

import kreuzberg

WORD = re.compile(r"[^\W\d_]{3,}")
config = kreuzberg.ExtractionConfig(
    use_cache=False, ocr=kreuzberg.OcrConfig(backend="tesseract", language="spa")
)
readable = []
for path in sorted(path for path in Path(sys.argv[1]).rglob("*") if path.is_file()):
    try:
        kreuzberg.detect_mime_type_from_path(path)
        readable.append(path)
    except (RuntimeError, kreuzberg.KreuzbergError):
        # What it cannot name it does not read: it counts as a file without words.
        pass
start = time.perf_counter()
results = kreuzberg.batch_extract_files_sync(readable, config=config)
seconds = time.perf_counter() - start
words = [len(WORD.findall(result.content)) for result in results]
print(json.dumps({"files": sum(1 for count in words if count), "words": sum(words), "seconds": seconds}))
