def read_weights(header: str) -> dict[str, float]:
    # zh: "en-GB, zh;q=0.8" -> {"en-gb": 1.0, "zh": 0.8}
    # en: "en-GB, zh;q=0.8" -> {"en-gb": 1.0, "zh": 0.8}
    weights = {}
    for item in header.lower().split(","):
        name, _, weight = item.partition(";")
        try:
            number = float(weight.strip()[2:] or 1)
        except ValueError:
            continue
        # zh: nan 与任何数比较都不成立，也在这里被挡下。
        # en: nan compares with nothing, so it stops here too.
        if 0 <= number <= 1:
            weights[name.strip()] = number
    return weights


def weight_of(name: str, weights: dict[str, float]) -> float:
    # zh: "en" 也管 "en-GB"；没有提到的，看 "*"。
    # en: "en" covers "en-GB"; what is not named falls to "*".
    named = [
        weight
        for key, weight in weights.items()
        if key == name or key.startswith(f"{name}-")
    ]
    return max(named, default=weights.get("*", 0))
