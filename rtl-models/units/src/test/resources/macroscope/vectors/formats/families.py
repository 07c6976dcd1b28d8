"""Writes decode_families_own.csv.gz and encode_families_own.csv.gz: whole families of formats from their definitions.

Rational arithmetic throughout; nothing is shared with the Java code. Generic floats gen_e<X>m<Y>, IEEE P3109 (interim
report, version 3), posits (Standard for Posit Arithmetic, 2022, any exponent bits), linear takums (arXiv 2404.18603,
definition 8, on the bits as they stand, not on magnitudes). Python 3.9 or newer.
"""
import gzip
import math
import random
import struct
from fractions import Fraction

ROUNDINGS = ("TiesToEven", "TiesToAway", "TowardZero", "TowardPositive", "TowardNegative", "ToOdd")
NAN = "7ff8000000000000"


def word(x):
    return NAN if x != x else f"{struct.unpack('>Q', struct.pack('>d', x))[0]:016x}"


def exact(value):
    x = float(value)
    assert Fraction(x) == value
    return x


class Float:
    """A binary float: codes by value, and rounding to a precision with no end of exponents."""

    def __init__(self, name, signed, exponent_bits, fraction_bits, bias, special):
        self.name, self.signed, self.bias, self.fraction_bits = name, signed, bias, fraction_bits
        self.width = exponent_bits + fraction_bits
        self.values = {}
        for code in range(1 << (self.width + signed)):
            negative, magnitude = divmod(code, 1 << self.width)
            kind = special(negative, magnitude, self.width)
            if kind == "nan":
                value = math.nan
            elif kind == "inf":
                value = -math.inf if negative else math.inf
            else:
                value = exact(self.magnitude(magnitude))
                value = -value if negative else value
            self.values[code] = value
        self.codes = {}
        for code, value in self.values.items():
            self.codes.setdefault(word(value), code)
        self.largest = max(v for v in self.values.values() if math.isfinite(v))

    def magnitude(self, code):
        field, fraction = divmod(code, 1 << self.fraction_bits)
        hidden = 1 if field else 0
        return (hidden + Fraction(fraction, 1 << self.fraction_bits)) * Fraction(2) ** (max(field, 1) - self.bias)

    def encode(self, x, rounding, saturate):
        """The code; None where there is none or the definition leaves it open."""
        negative = math.copysign(1, x) < 0
        if x != x:
            return self.codes.get(NAN)
        if negative and not self.signed:
            return None
        rounded = abs(x) if math.isinf(x) else self.round(abs(Fraction(x)), negative, rounding)
        if rounded > self.largest:
            down = rounding == ("TowardPositive" if negative else "TowardNegative") or rounding == "TowardZero"
            if saturate or (down and not math.isinf(x)):
                rounded = self.largest
            else:
                infinity = self.codes.get(word(-math.inf if negative else math.inf))
                return self.codes.get(NAN) if infinity is None else infinity
        code = self.codes.get(word(-float(rounded) if negative else float(rounded)))
        return code if code is not None else self.codes[word(float(rounded))]

    def round(self, x, negative, rounding):
        if x == 0:
            return x
        exponent = math.frexp(float(x))[1] - 1
        ulp = Fraction(2) ** (max(exponent, 1 - self.bias) - self.fraction_bits)
        whole, rest = divmod(x / ulp, 1)
        # Without fraction bits a code is odd with its exponent field.
        odd = whole % 2 == 1 if self.fraction_bits else whole == 1 and (exponent + self.bias) % 2 == 1
        half = Fraction(1, 2)
        up = {
            "TiesToEven": rest > half or (rest == half and odd),
            "TiesToAway": rest >= half,
            "TowardZero": False,
            "TowardPositive": rest > 0 and not negative,
            "TowardNegative": rest > 0 and negative,
            "ToOdd": rest > 0 and not odd,
        }[rounding]
        return (whole + up) * ulp


def generic(exponent_bits, fraction_bits, rule):
    def special(negative, magnitude, width):
        top = (1 << width) - 1
        if rule == "ieee" and magnitude >> fraction_bits == (1 << exponent_bits) - 1:
            return "inf" if magnitude % (1 << fraction_bits) == 0 else "nan"
        if rule == "fn" and magnitude == top:
            return "nan"
        return "nan" if rule == "fnuz" and negative and magnitude == 0 else "number"

    bias = (1 << exponent_bits - 1) - (rule != "fnuz")
    name = f"gen_e{exponent_bits}m{fraction_bits}_{rule}"
    return Float(name, True, exponent_bits, fraction_bits, bias, special)


def p3109(bits, precision, signed, extended):
    def special(negative, magnitude, width):
        top = (1 << width) - 1
        if (negative and magnitude == 0) if signed else magnitude == top:
            return "nan"
        return "inf" if extended and magnitude == (top if signed else top - 1) else "number"

    exponent_bits = bits - precision + (not signed)
    name = f"p3109_k{bits}p{precision}{'s' if signed else 'u'}{'e' if extended else 'f'}"
    return Float(name, signed, exponent_bits, precision - 1, 1 << exponent_bits - 1, special)


def posit(code, bits, exponent_bits):
    if code in (0, 1 << bits - 1):
        return math.nan if code else 0.0
    negative = code >> bits - 1
    string = f"{(1 << bits) - code if negative else code:0{bits}b}"[1:]
    run = len(string) - len(string.lstrip(string[0]))
    regime = run - 1 if string[0] == "1" else -run
    rest = string[run + 1:]
    exponent = int((rest[:exponent_bits] + "0" * exponent_bits)[:exponent_bits] or "0", 2)
    fraction = rest[exponent_bits:]
    significand = 1 + Fraction(int(fraction or "0", 2), 1 << len(fraction))
    value = exact(significand * Fraction(2) ** ((regime << exponent_bits) + exponent))
    return -value if negative else value


def takum(code, bits):
    if code in (0, 1 << bits - 1):
        return math.nan if code else 0.0
    string = f"{code:0{bits}b}" + "0" * 12
    sign, direction, regime = int(string[0]), string[1] == "1", int(string[2:5], 2)
    r = regime if direction else 7 - regime
    c = int("0" + string[5:5 + r], 2) + ((1 << r) - 1 if direction else 1 - (1 << r + 1))
    fraction = string[5 + r:]
    exponent = -(c + sign) if sign else c
    return exact((1 - 3 * sign + Fraction(int(fraction, 2), 1 << len(fraction))) * Fraction(2) ** exponent)


def floats():
    for exponent_bits in range(1, 7):
        for fraction_bits in range(0, 7 - exponent_bits):
            for rule in ("ieee", "fn", "fnuz", "fin"):
                yield generic(exponent_bits, fraction_bits, rule)
    for bits in range(3, 8):
        for precision in range(1, bits + 1):
            for signed in (True, False):
                for extended in (True, False):
                    if precision < bits or not signed:
                        yield p3109(bits, precision, signed, extended)


def inputs(form, rng):
    """Neighbours, what lies around their midpoint, and what lies beyond the largest; both signs."""
    values = sorted({v for v in form.values.values() if v >= 0 and math.isfinite(v)})
    ends = [math.inf, math.nan, 3 * form.largest + 1, 5e-324]
    if len(values) > 1:
        i = rng.randrange(len(values) - 1)
        middle = values[i] / 2 + values[i + 1] / 2
        step = values[-1] - values[-2]
        ends += [values[i], middle, math.nextafter(middle, 0), math.nextafter(middle, math.inf)]
        ends += [form.largest + step / 2, form.largest + step / 4]
    return [sign * x for x in rng.sample(ends, min(4, len(ends))) for sign in (1, -1)]


def main():
    rng = random.Random(1)
    decode, encode = ["format,code_hex,value_hex"], ["format,rounding,saturate,input_hex,code_hex,kind"]
    for form in floats():
        decode += [f"{form.name},{code:x},{word(value)}" for code, value in form.values.items()]
        for x in inputs(form, rng):
            for rounding in rng.sample(ROUNDINGS, 3):
                saturate = rng.randrange(2)
                code = form.encode(x, rounding, saturate)
                if code is not None:
                    kind = "nan" if form.values[code] != form.values[code] else "num"
                    encode.append(f"{form.name},{rounding},{saturate},{word(x)},{code:x},{kind}")
    for bits in range(3, 9):
        for exponent_bits in range(0, 5):
            for code in range(1 << bits):
                decode.append(f"posit{bits}_{exponent_bits},{code:x},{word(posit(code, bits, exponent_bits))}")
    for bits in range(3, 13):
        decode += [f"takum{bits},{code:x},{word(takum(code, bits))}" for code in range(1 << bits)]
    for name, rows in (("decode", decode), ("encode", encode)):
        with gzip.GzipFile(f"{name}_families_own.csv.gz", "wb", mtime=0) as file:
            file.write(("\n".join(rows) + "\n").encode())


main()
