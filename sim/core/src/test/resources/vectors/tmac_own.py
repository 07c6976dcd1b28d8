"""Products of T-MAC's kernels from their definition, for shapes that tmac.csv.gz has none of.

    python3 tmac_own.py check tmac.csv.gz     recomputes each row of a file and tells what differs
    python3 tmac_own.py make tmac-own.csv.gz  writes rows of other K, M and groups

A program of its own in NumPy on the formulas of arXiv 2407.00088 and the semantics of microsoft/T-MAC 7042f8f, fused operations by
exact fractions: a reference, no run of the kernels. It gives each of the rows made by the kernels bit for bit.
"""
import csv
import gzip
import io
import sys
from fractions import Fraction as F

import numpy as np

csv.field_size_limit(10**9)
f32, f16 = np.float32, np.float16
def fma32(a, b, c):  # one rounding: exact in python fractions
    a, b, c = float(a), float(b), float(c)
    if not all(np.isfinite([a, b, c])): return f32(np.float64(a) * b + c)
    e = F(a) * F(b) + F(c)
    if e == 0:
        return f32(a * b + c)
    return rnd(e, 24, -149, f32)
def rnd(e, p, mine, t):
    s = -1 if e < 0 else 1; e = abs(e)
    n, d = e.numerator, e.denominator
    ex = n.bit_length() - d.bit_length()
    if F(2) ** ex > e: ex -= 1
    q = max(ex - p + 1, mine)
    x = e / (F(2) ** q); k = x.numerator // x.denominator; r = x - k
    if r > F(1, 2) or (r == F(1, 2) and k & 1): k += 1
    v = float(k) * 2.0 ** q
    return t(s * v) if t is not f16 or v < 65520 else t(s * np.inf)
def fma16(a, b, c):
    a, b, c = float(a), float(b), float(c)
    e = F(a) * F(b) + F(c)
    if e == 0: return f16(f32(a * b + c))
    return rnd(e, 11, -24, f16)
def tables(x, ags, neon):
    K = len(x); n = K // 4; ng = K // ags
    T = f16 if neon else f32
    b = x.astype(T).reshape(n, 4)
    A = np.abs(b)
    s = ((A[:,0] + A[:,1]) + A[:,2]) + A[:,3] if neon else (A[:,0] + A[:,1]) + (A[:,2] + A[:,3])
    e = np.zeros((n, 16), T)
    for i in range(1, 16, 2):
        v = b[:,0]
        for j in (1, 2, 3): v = v + b[:,j] if i >> j & 1 else v - b[:,j]
        e[:, i] = v
    for i in range(0, 16, 2): e[:, i] = -e[:, 15 - i]
    LS = np.zeros(ng, T); LB = np.zeros(ng, T); q = np.zeros((n, 16), np.int8)
    per = ags // 4
    for g in range(ng):
        if neon:
            m = s[g*per:(g+1)*per].max(); LS[g] = f16(f32(m) / f32(127))
        else:
            cur = f32(0)
            for c in range(ags // 32):
                cur = max(f32(s[g*per + 8*c : g*per + 8*c + 8].max()) / f32(127), cur)
            LS[g] = cur
        if LS[g] == 0: inv = T(0)
        else: inv = f16(1.0 / float(LS[g])) if neon else f32(1) / LS[g]
        acc = T(0)
        for c in range(ags // 32):
            blk = e[g*per + 8*c : g*per + 8*c + 8, 0]
            if neon:
                t = f32(0)
                for v in blk: t = f32(t + f32(v))
                acc = f16(f32(acc) + t)
            else:
                r = [blk[i+4] + blk[i] for i in range(4)]
                acc = acc + ((r[0] + r[2]) + (r[1] + r[3]))
        LB[g] = acc
        y = (e[g*per:(g+1)*per] * inv).astype(T)
        q[g*per:(g+1)*per] = np.clip(np.rint(y.astype(np.float64)), -128, 127).astype(np.int8)
    return e, q, LS, LB
def run(bits, w, scales, zeros, x, group, ags, kf, fa, neon, unified):
    M, K = w.shape; T = f16 if neon else f32; fma = fma16 if neon else fma32
    if unified: ags = K
    e, q, LS, LB = tables(x, ags, neon)
    actk = kf if unified else min(ags // 4, kf)
    C = np.zeros((bits, M), np.int64 if unified else T)
    LSu, LBu = LS.copy(), LB.copy()
    lg = {8: 3, 16: 4}[actk]
    if fa:
        B = (1 << bits) - 1
        for g in range(len(LS)):
            LSu[g] = T(LS[g] * T(actk))
            LBu[g] = fma(-LSu[g], T((lg // 4) * B), LB[g]) if not neon else f16(f32(LB[g]) - f32(f32(LSu[g]) * f32((lg // 4) * B)))
    for ko in range(K // (4 * kf)):
        for m in range(M):
            for j in range(bits):
                parts = []
                for sg in range(kf // actk):
                    t0 = ko * kf + sg * actk
                    vals = []
                    for t in range(t0, t0 + actk):
                        idx = sum(((int(w[m, 4*t + i]) >> j) & 1) << i for i in range(4))
                        vals.append(int(q[t, idx]))
                    g = 0 if unified else t0 * 4 // ags
                    if fa:
                        lv = vals
                        while len(lv) > 1:
                            if neon: lv = [(lv[i] + lv[i+1] + 1) >> 1 for i in range(0, len(lv), 2)]
                            else:
                                lv = [((lv[i] & 255) + (lv[i+1] & 255) + 1) >> 1 for i in range(0, len(lv), 2)]
                                lv = [v - 256 if v > 127 else v for v in lv]
                        v = lv[0]
                    else: v = sum(vals)
                    parts.append((v, g))
                if unified:
                    C[j, m] += sum(v for v, _ in parts); continue
                t = None
                for v, g in parts:
                    y = fma(T(v), LSu[g], LBu[g]) if j == 0 else T(T(v) * LSu[g])
                    t = y if t is None else T(t + y)
                gi = 0 if scales.shape[1] == 1 else ko * 4 * kf // group
                C[j, m] = fma(t, T(scales[m, gi]), C[j, m])
                if zeros is not None and j == 0:
                    gs = sorted({g for _, g in parts}); lb = None
                    for g in gs: lb = LB_sum(LB[g], lb, T)
                    C[0, m] = fma(T(zeros[m, gi]), T(T(2) * lb), C[0, m])
    out = []
    for m in range(M):
        if unified:
            s = f32(C[0, m]) * f32(.5)
            for j, a in zip(range(1, bits), (1, 2, 4)): s = f32(s + f32(C[j, m]) * f32(a))
            r = f32(f32(s * f32(LS[0])) + f32(f32(LB[0]) * f32(.5))) * f32(scales[m, 0])
        else:
            r = f32(C[0, m]) * f32(.5)
            for j, a in zip(range(1, bits), (1, 2, 4)): r = f32(r + f32(C[j, m]) * f32(a))
        out.append(f32(f16(r)) if neon else f32(r))
    return LS, LB, q, C, out
def LB_sum(x, acc, T): return x if acc is None else T(acc + x)
def h(v): return '%08x' % int(np.array(v, f32).view(np.uint32))
def uh(s): return np.array([int(s, 16)], np.uint32).view(f32)[0]
def lst(s, f): return [f(v) for v in s.split('_')] if s else []
def one(r):
    bits = {'1.58': 2}.get(r['wbits']) or int(r['wbits']); M, K = int(r['M']), int(r['K'])
    w = np.array(lst(r['weights_int'], int)).reshape(M, K); group = int(r['group_size'])
    sc = np.array(lst(r['scales'], uh), f32)
    sc = np.full((M, 1), sc[0], f32) if len(sc) == 1 else sc.reshape(M, -1)
    z = np.array(lst(r['zeros'], uh), f32).reshape(M, -1) if r['zeros'] else None
    x = np.array(lst(r['activations'], uh), f32)
    return run(bits, w, sc, z, x, group, int(r['act_group_size']), int(r['kfactor']), int(r['fast_aggregation']), r['number_system'] == 'f16', r['scheme'].endswith('unified'))
def fields(res, unified):
    LS, LB, q, C, out = res
    return {'lut_scales': '_'.join(map(h, LS)), 'lut_biases': '_'.join(map(h, LB)), 'lut_int8': '_'.join(str(int(v)) for v in q.reshape(-1)),
      'cbits_hex': '_'.join(str(int(v)) if unified else h(v) for v in C.reshape(-1)), 'output_fp32_hex': '_'.join(map(h, out))}
HEAD = ('id,scheme,wbits,group_size,act_group_size,fast_aggregation,weights_int,scales,zeros,activations,lut_scales,lut_int8,'
        'output_fp32_hex,M,K,kfactor,act_k,number_system,lut_biases,cbits_hex').split(',')
SHAPES = ((64, 64, 32, 8), (64, 32, 32, 8), (64, 64, 64, 16), (96, 96, 32, 8), (192, 64, 32, 16), (384, 192, 64, 16))


def check(file):
    bad = rows = 0
    for r in csv.DictReader(gzip.open(file, 'rt')):
        rows += 1
        got = fields(one(r), r['scheme'].endswith('unified'))
        for name in got:
            if got[name].lower() != r[name].lower():
                bad += 1
                print(r['id'], r['scheme'], name)
                break
    print(rows, 'rows', bad, 'differ')
    return bad


def make(file):
    rng = np.random.default_rng(5)
    rows = []
    for neon in (0, 1):
        for bits in ('1', '2', '3', '4', '1.58'):
            for scheme in ('sym', 'zp', 'onescale', 'unified'):
                for K, group, ags, kf in SHAPES:
                    for fa in (0, 1):
                        whole = scheme in ('onescale', 'unified')
                        group_ = K if whole else group
                        if scheme == 'onescale' and not neon or scheme == 'unified' and fa or K % (4 * kf) or rng.integers(3):
                            continue
                        M, nb = int(rng.choice([1, 3])), 2 if bits == '1.58' else int(bits)
                        w = rng.integers(1, 4, (M, K)) if bits == '1.58' else rng.integers(0, 1 << nb, (M, K))
                        count = M * (K // group_)
                        sc = rng.uniform(.001, .2, 1 if whole else count).astype(f16).astype(f32)
                        z = rng.uniform(-.2, .2, count).astype(f16).astype(f32) if scheme == 'zp' else ()
                        x = (rng.standard_normal(K) * rng.choice([1, 1e-3, 30])).astype(f16).astype(f32)
                        if rng.integers(4) == 0:
                            x[:32] = 0
                        unified = scheme == 'unified'
                        r = dict(id='o%d' % len(rows), scheme='tmac_%s_%s' % ('neon_f16' if neon else 'avx2_f32', scheme),
                                 wbits=bits, group_size=group_, act_group_size=K if unified else ags, fast_aggregation=fa,
                                 weights_int='_'.join(map(str, w.reshape(-1))), scales='_'.join(map(h, sc)),
                                 zeros='_'.join(map(h, z)), activations='_'.join(map(h, x)), M=M, K=K, kfactor=kf,
                                 act_k=kf if unified else min(ags // 4, kf), number_system='f16' if neon else 'f32')
                        r.update(fields(one({k: str(v) for k, v in r.items()}), unified))
                        rows.append(r)
    with gzip.GzipFile(file, 'wb', mtime=0) as packed:
        text = io.StringIO()
        out = csv.DictWriter(text, HEAD, lineterminator='\n')
        out.writeheader()
        out.writerows(rows)
        packed.write(text.getvalue().encode())
    return 0


if __name__ == '__main__':
    np.seterr(all='ignore')
    sys.exit({'check': check, 'make': make}[sys.argv[1]](sys.argv[2]))
