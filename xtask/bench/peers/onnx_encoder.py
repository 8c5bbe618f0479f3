"""Tokens a second of ONNX Runtime with the very weights of the converted encoder.

Arguments: the GGUF file, a JSON file with the tokens of each text and our vectors. The graph is built here; the figure counts only if
its vectors are ours. Prints the figure of 32-bit floats and that of dynamic 8-bit integers, each with the batch that serves it best.
"""
import json
import os
import struct
import sys
import time

import numpy
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic


def read_gguf(path):
    data = open(path, "rb").read()
    position = 4

    def take(form):
        nonlocal position
        values = struct.unpack_from("<" + form, data, position)
        position += struct.calcsize("<" + form)
        return values[0]

    def text():
        nonlocal position
        length = take("Q")
        position += length
        return data[position - length : position].decode()

    assert data[:4] == b"GGUF" and take("I") == 3
    tensors, entries = take("Q"), take("Q")
    facts = {}
    for _ in range(entries):
        key = text()
        kind = take("I")
        facts[key] = text() if kind == 8 else take({4: "I", 6: "f"}[kind])
    shapes = []
    for _ in range(tensors):
        name = text()
        dimensions = [take("Q") for _ in range(take("I"))][::-1]
        shapes.append((name, dimensions, take("I"), take("Q")))
    start = (position + 31) // 32 * 32
    weights = {}
    for name, dimensions, kind, offset in shapes:
        count = int(numpy.prod(dimensions))
        if kind == 0:
            values = numpy.frombuffer(data, numpy.float32, count, start + offset)
        else:
            blocks = numpy.frombuffer(
                data, [("scale", numpy.float16), ("pairs", numpy.uint8, 16)], count // 32, start + offset
            )
            pairs = blocks["pairs"]
            digits = numpy.concatenate([pairs & 15, pairs >> 4], axis=1).astype(numpy.float32) - 8
            values = (digits * blocks["scale"].astype(numpy.float32)[:, None]).reshape(-1)
        weights[name] = values.reshape(dimensions)
    return facts, weights


def graph(facts, weights):
    hidden, heads = facts["bert.embedding_length"], facts["bert.attention.head_count"]
    epsilon, each = facts["bert.attention.layer_norm_epsilon"], hidden // heads
    nodes, constants = [], []

    def constant(value, kind=numpy.float32):
        name = f"c{len(constants)}"
        constants.append(numpy_helper.from_array(numpy.ascontiguousarray(value, kind), name))
        return name

    def node(operation, *inputs, **attributes):
        output = f"n{len(nodes)}"
        nodes.append(helper.make_node(operation, list(inputs), [output], **attributes))
        return output

    def linear(value, name):
        product = node("MatMul", value, constant(weights[name + ".weight"].T))
        return node("Add", product, constant(weights[name + ".bias"]))

    def norm(value, name):
        return node(
            "LayerNormalization", value, constant(weights[name + ".weight"]), constant(weights[name + ".bias"]),
            axis=-1, epsilon=epsilon,
        )

    def by_head(value, order):
        shape = constant([0, 0, heads, each], numpy.int64)
        return node("Transpose", node("Reshape", value, shape), perm=order)

    words = node("Gather", constant(weights["token_embd.weight"]), "tokens")
    places = node("Gather", constant(weights["position_embd.weight"]), "places")
    value = node("Add", node("Add", words, places), constant(weights["token_types.weight"][0]))
    value = norm(value, "token_embd_norm")
    for layer in range(facts["bert.block_count"]):
        block = f"blk.{layer}."
        query = by_head(linear(value, block + "attn_q"), [0, 2, 1, 3])
        key = by_head(linear(value, block + "attn_k"), [0, 2, 3, 1])
        content = by_head(linear(value, block + "attn_v"), [0, 2, 1, 3])
        scores = node("Mul", node("MatMul", query, key), constant(each**-0.5))
        attention = node("Softmax", node("Add", scores, "mask"), axis=-1)
        joined = node("Transpose", node("MatMul", attention, content), perm=[0, 2, 1, 3])
        joined = node("Reshape", joined, constant([0, 0, hidden], numpy.int64))
        value = norm(node("Add", value, linear(joined, block + "attn_output")), block + "attn_output_norm")
        wide = linear(value, block + "ffn_up")
        bent = node("Add", node("Erf", node("Mul", wide, constant(2**-0.5))), constant(1.0))
        wide = node("Mul", node("Mul", wide, constant(0.5)), bent)
        value = norm(node("Add", value, linear(wide, block + "ffn_down")), block + "layer_output_norm")
    nodes.append(helper.make_node("Identity", [value], ["states"]))
    tensor = helper.make_tensor_value_info
    inputs = [
        tensor("tokens", TensorProto.INT64, ["batch", "length"]),
        tensor("places", TensorProto.INT64, ["batch", "length"]),
        tensor("mask", TensorProto.FLOAT, ["batch", 1, 1, "length"]),
    ]
    outputs = [tensor("states", TensorProto.FLOAT, ["batch", "length", hidden])]
    made = helper.make_graph(nodes, "encoder", inputs, outputs, constants)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def embed(session, texts, batch):
    vectors = []
    for start in range(0, len(texts), batch):
        part = texts[start : start + batch]
        length = max(map(len, part))
        tokens = numpy.zeros((len(part), length), numpy.int64)
        present = numpy.zeros((len(part), length), numpy.float32)
        for row, text in enumerate(part):
            tokens[row, : len(text)] = text
            present[row, : len(text)] = 1
        places = numpy.broadcast_to(numpy.arange(length, dtype=numpy.int64), tokens.shape)
        mask = ((present - 1) * 1e9)[:, None, None, :]
        inputs = {"tokens": tokens, "places": numpy.ascontiguousarray(places), "mask": mask}
        states = session.run(None, inputs)[0] * present[:, :, None]
        mean = states.sum(1) / present.sum(1)[:, None]
        vectors.append(mean / numpy.linalg.norm(mean, axis=1)[:, None])
    return numpy.concatenate(vectors)


texts = json.load(open(sys.argv[2], encoding="utf-8"))
tokens, ours = texts["tokens"], numpy.array(texts["vectors"], numpy.float32)
folder = os.path.dirname(sys.argv[2])
floats, bytes8 = os.path.join(folder, "encoder.onnx"), os.path.join(folder, "encoder8.onnx")
onnx.save(graph(*read_gguf(sys.argv[1])), floats)
quantize_dynamic(floats, bytes8, op_types_to_quantize=["MatMul"], weight_type=QuantType.QInt8)
best = {}
for name, path, alike in (("floats", floats, 0.995), ("bytes8", bytes8, 0.97)):
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    for batch in (1, 8, 32):
        vectors = embed(session, tokens, batch)
        agreement = float((vectors * ours).sum(1).min())
        if agreement < alike:
            print(f"{path}: cosine {agreement:.4f}: not the same vectors", file=sys.stderr)
            break
        for _ in range(3):
            start = time.perf_counter()
            embed(session, tokens, batch)
            speed = sum(map(len, tokens)) / (time.perf_counter() - start)
            best[name] = max(best.get(name, 0.0), speed)
print(json.dumps(best)) if best else sys.exit("no graph gave our vectors")
