package macroscope.onnx;

import java.util.List;
import java.util.Optional;

/**
 * Operators between reals and integers with a scale and a zero point. They compute in binary32, as their
 * types say: a quotient that is rounded once more in binary32 falls on another integer now and then.
 */
final class Quantizing {
  private static final float LEVELS = 255; // DynamicQuantizeLinear quantizes to 8 bits

  private Quantizing() {}

  /** Which scale an element has: one for all, one a place of an axis, or one a block along it. */
  private record Scales(int inner, int length, int block, int blocks, boolean single) {
    static Scales of(Call call) {
      int[] x = call.shape(0);
      Operand scale = call.operand(1);
      int block = call.attributes().integer("block_size", 0);
      if (scale.size() == 1 && block == 0) {
        return new Scales(1, 1, 1, 1, true);
      }
      int axis = call.axis(x.length, 1);
      int inner = Layout.size(x, axis + 1, x.length);
      if (block == 0) {
        call.require(
            scale.rank() == 1 && scale.size() == x[axis],
            "scales must be one, or one a place of axis " + axis,
            x,
            scale.shape());
        return new Scales(inner, x[axis], 1, x[axis], false);
      }
      int blocks = (x[axis] + block - 1) / block;
      call.require(
          scale.size() == Tensor.size(x) / x[axis] * blocks,
          "scales must be one a block of " + block,
          x,
          scale.shape());
      return new Scales(inner, x[axis], block, blocks, false);
    }

    /** Index of the scale of an element; along an axis without blocks outer axes share it. */
    int index(int element, boolean blocked) {
      if (single) {
        return 0;
      }
      int place = element / inner % length / block;
      return blocked
          ? (element / inner / length * blocks + place) * inner + element % inner
          : place;
    }
  }

  private static boolean blocked(Call call) {
    return call.attributes().integer("block_size", 0) != 0;
  }

  static List<Result> quantize(Call call) {
    ElementType type = call.has(2) ? call.type(2) : declared(call).orElse(ElementType.UINT8);
    boolean known = type.isInteger() || type.bits() == 8;
    call.require(known, "codes must be integers or floats of 8 bits: " + type.text());
    Scales scales = Scales.of(call);
    return Result.one(
        type,
        call.shape(0),
        () -> {
          double[] out = new double[call.operand(0).size()];
          for (int i = 0; i < out.length; i++) {
            int s = scales.index(i, blocked(call));
            double zero = call.has(2) ? call.values(2)[s] : 0;
            float quotient = (float) call.values(0)[i] / (float) call.values(1)[s];
            out[i] = type.isInteger() ? saturated(type, quotient, zero) : type.rounded(quotient);
          }
          return out;
        });
  }

  private static Optional<ElementType> declared(Call call) {
    return ElementType.byNumber(call.attributes().integer("output_dtype", 0));
  }

  private static double saturated(ElementType type, float quotient, double zero) {
    return Math.max(type.least(), Math.min(type.most(), Math.rint(quotient) + zero));
  }

  static List<Result> dequantize(Call call) {
    Scales scales = Scales.of(call);
    return Result.one(
        call.type(1),
        call.shape(0),
        () -> {
          double[] out = call.values(0).clone();
          for (int i = 0; i < out.length; i++) {
            int s = scales.index(i, blocked(call));
            double zero = call.has(2) ? call.values(2)[s] : 0;
            out[i] = (out[i] - zero) * call.values(1)[s];
          }
          return out;
        });
  }

  /** DynamicQuantizeLinear: unsigned bytes, scale and zero point from the least and largest element. */
  static List<Result> quantizeDynamically(Call call) {
    int[] scalar = {};
    return List.of(
        new Result(ElementType.UINT8, call.shape(0), () -> codes(call.values(0)), false),
        new Result(ElementType.FLOAT, scalar, () -> new double[] {scale(call.values(0))}, false),
        new Result(
            ElementType.UINT8, scalar, () -> new double[] {zeroPoint(call.values(0))}, false));
  }

  private static float scale(double[] x) {
    float scale = (most(x) - least(x)) / LEVELS;
    return scale == 0 ? 1 : scale; // all elements are zero
  }

  private static float most(double[] x) {
    return (float) Math.max(0, Reduction.largest(x, 0, x.length));
  }

  private static float least(double[] x) {
    return (float) Math.min(0, Reduction.smallest(x, 0, x.length));
  }

  private static double zeroPoint(double[] x) {
    double place = Math.rint(0 - least(x) / scale(x));
    return Math.max(0, Math.min(LEVELS, place));
  }

  private static double[] codes(double[] x) {
    float scale = scale(x);
    double zero = zeroPoint(x);
    return Unary.map(x, v -> saturated(ElementType.UINT8, (float) v / scale, zero));
  }
}
