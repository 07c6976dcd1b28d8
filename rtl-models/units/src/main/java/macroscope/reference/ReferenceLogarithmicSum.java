package macroscope.reference;

import macroscope.format.LogarithmicFormat;
import macroscope.unit.LogarithmicSumSpec;

/**
 * Sums in the logarithmic number system, each table entry computed where it is needed by {@code
 * StrictMath.log}; an entry would differ only within 10^-12 of a tie.
 */
public final class ReferenceLogarithmicSum implements ReferenceUnit {

  private final LogarithmicSumSpec spec;
  private final LogarithmicFormat format;
  private final double unit;

  public ReferenceLogarithmicSum(LogarithmicSumSpec spec) {
    this.spec = spec;
    this.format = spec.accumulator();
    this.unit = Math.scalb(1.0, -format.fractionBits());
  }

  /** A number as sign and logarithm; zero has the logarithm minus infinity. */
  private record Number(boolean negative, double logarithm) {
    boolean isZero() {
      return logarithm == Double.NEGATIVE_INFINITY;
    }
  }

  private static Number number(LogarithmicFormat format, long code) {
    double value = format.decodeDouble(code);
    double logarithm =
        value == 0
            ? Double.NEGATIVE_INFINITY
            : Math.scalb((double) format.logarithm(code), -format.fractionBits());
    return new Number(value < 0, logarithm);
  }

  @Override
  public long dot(long[] a, long[] b, long c) {
    boolean nan = Double.isNaN(format.decodeDouble(c));
    Number sum = nan ? number(format, format.zeroCode()) : number(format, c);
    for (int k = 0; k < a.length; k++) {
      double x = spec.a().decodeDouble(a[k]);
      double y = spec.b().decodeDouble(b[k]);
      nan |= Double.isNaN(x) || Double.isNaN(y);
      if (!nan) {
        sum = sum(sum, product(number(spec.a(), a[k]), number(spec.b(), b[k])));
      }
    }
    if (nan) {
      return format.nanCode();
    }
    return sum.isZero()
        ? format.zeroCode()
        : format.code(sum.negative, Math.round(sum.logarithm / unit));
  }

  private Number product(Number x, Number y) {
    return fitted(x.negative != y.negative, x.logarithm + y.logarithm);
  }

  private Number fitted(boolean negative, double logarithm) {
    double most = format.mostLogarithm() * unit;
    return new Number(
        negative, logarithm < -most ? Double.NEGATIVE_INFINITY : Math.min(most, logarithm));
  }

  private Number sum(Number x, Number y) {
    if (x.isZero() || y.isZero()) {
      return x.isZero() ? y : x;
    }
    Number larger = x.logarithm >= y.logarithm ? x : y;
    double difference = Math.abs(x.logarithm - y.logarithm);
    boolean subtracts = x.negative != y.negative;
    if (subtracts && difference == 0) {
      return new Number(false, Double.NEGATIVE_INFINITY);
    }
    double step = Math.scalb(1.0, -spec.indexBits());
    double middle = Math.floor(difference / step) * step + (step - unit) / 2;
    double power = StrictMath.pow(2, -middle);
    double exact =
        (subtracts ? StrictMath.log1p(-power) : StrictMath.log1p(power)) / StrictMath.log(2);
    return fitted(larger.negative, larger.logarithm + Math.rint(exact / unit) * unit);
  }
}
