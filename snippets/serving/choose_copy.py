from snippets.serving.index_site import Copy, File
from snippets.serving.read_weights import read_weights, weight_of

ENCODINGS = {"br": ".br", "gzip": ".gz"}


def choose_copy(file: File, accepted: str) -> Copy:
    # zh: 权重最大的；一样大时，按 br、gzip、原样的顺序。
    # en: The greatest weight; if equal, br, then gzip, then plain.
    weights = {"identity": 0.001, **read_weights(accepted)}
    packed = [name for name in ENCODINGS if name in file]
    choices = [*packed, "identity"]
    return file[max(choices, key=lambda c: weight_of(c, weights))]
